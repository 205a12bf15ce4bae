import { kafkaOfUser, type Job, type Workspace } from '@millrace/model';

import { transactionTimeout } from '../environment/kafka/broker-config.js';
import type { Checkpoints } from '../environment/observability/checkpoint-alerts.js';
import { releasedDefaults } from '../pipeline/bases.js';
import { placed, runningJobs, sessionOf, type Placed } from '../pipeline/placed.js';
import { milliseconds } from './duration.js';

const INTERVAL = 'execution.checkpointing.interval';
const MINUTE = 60_000;
/** With no exactly-once job: an hour without a checkpoint is a long way back for any. */
const LONGEST_MINUTES = 60;

/** How often the jobs of an environment make checkpoints, as far as it is declared, and how long their transactions may take. */
export function checkpoints(workspace: Workspace, environment: string): Checkpoints {
  let transactionMinutes = LONGEST_MINUTES;
  const intervalMinutes = new Map<string, number>();
  for (const pipeline of workspace.placements.get(environment)?.keys() ?? []) {
    const here = placed(workspace, environment, pipeline);
    if (here === undefined) continue;
    for (const name of runningJobs(here)) {
      const job = here.pipeline.jobs[name];
      if (job === undefined) continue;
      const app = here.environment.flink.mode === 'session' ? sessionOf(here, name) : name;
      if (app !== undefined) intervalMinutes.set(app, Math.max(intervalMinutes.get(app) ?? 0, interval(here, name, job) / MINUTE));
      transactionMinutes = Math.min(transactionMinutes, ...transactions(here, job).map((timeout) => timeout / MINUTE));
    }
  }
  return { transactionMinutes: Math.floor(transactionMinutes), intervalMinutes };
}

/** As the overlays have it: the placement wins, then the job, its session cluster, the environment, and what a release says anyway. */
function interval(here: Placed, name: string, job: Job): number {
  const { flink } = here.environment;
  const session = flink.mode === 'session' ? sessionOf(here, name) : undefined;
  const settings = [
    here.placement.jobs[name]?.flinkConfiguration,
    job.flinkConfiguration,
    session === undefined ? undefined : flink.sessions[session]?.flinkConfiguration,
    flink.flinkConfiguration,
    releasedDefaults(job),
  ];
  const [first = 0] = settings.flatMap((setting) => milliseconds(setting?.[INTERVAL] ?? '') ?? []);
  return first;
}

/** The timeouts of the transactions in which a job writes. */
function transactions({ pipeline, kafkas }: Placed, job: Job): readonly number[] {
  return Object.values(job.writes).flatMap(({ deliveryGuarantee, user }) => {
    const kafka = kafkas.get(kafkaOfUser(pipeline, user ?? job.user));
    return deliveryGuarantee === 'exactly-once' && kafka !== undefined ? [transactionTimeout(kafka)] : [];
  });
}
