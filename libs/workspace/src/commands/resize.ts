import { placed, runningJobs, sessionOf } from '@millrace/manifests';
import {
  environmentName,
  flinkCpu,
  flinkMemory,
  jobName,
  MillraceError,
  misused,
  pinnedDeclaration,
  pipelineName,
  placementFile,
  positiveInteger,
  refused,
  sessionName,
  type Problem,
} from '@millrace/model';
import * as z from 'zod';

import { defineCommand } from '../command.js';
import { namedEnvironment, namedPipeline } from './named.js';
import { setterAt } from './set-edits.js';

/** Sets how big a job is in an environment. */
export const resize = defineCommand({
  name: 'resize',
  summary: 'Set how big a job is in an environment',
  examples: [
    'millrace resize order-processor --environment prod --parallelism 20 --task-manager-memory 4096m --task-manager-cpu 2',
    'millrace resize order-processor --environment prod --autoscale-min 4 --autoscale-max 40',
  ],
  options: z.strictObject({
    pipeline: pipelineName.meta({ description: 'The pipeline', positional: 0, prompt: 'Which pipeline?' }),
    environment: environmentName.meta({ description: 'The environment', prompt: 'In which environment?' }),
    job: jobName.optional().meta({ description: 'The job, where the pipeline has several' }),
    parallelism: positiveInteger(32_768).optional().meta({ description: 'Parallelism' }),
    slots: positiveInteger(256).optional().meta({ description: 'Task slots of a TaskManager' }),
    taskManagerMemory: flinkMemory.optional().meta({ description: 'Memory of a TaskManager' }),
    taskManagerCpu: flinkCpu.optional().meta({ description: 'Cores of a TaskManager' }),
    autoscaleMin: positiveInteger(32_768).optional().meta({ description: 'The least parallelism that the autoscaler chooses (a job that it is new for: 1)' }),
    autoscaleMax: positiveInteger(32_768).optional().meta({ description: 'The most that it chooses; turns it on' }),
    session: sessionName
      .optional()
      .meta({ description: 'The session cluster to run in, in an environment of mode session; a job that is deployed stays where it is' }),
  }),
  plan: (workspace, options) => {
    const { pipeline, environment, job, parallelism, slots, taskManagerMemory, taskManagerCpu, autoscaleMin, autoscaleMax, session } = options;
    namedEnvironment(workspace, environment);
    namedPipeline(workspace, pipeline);
    const placement = workspace.placements.get(environment)?.get(pipeline)?.value;
    if (placement === undefined) {
      throw refused(`${pipeline} does not run in ${environment}`, `Promote it first: millrace promote ${pipeline} --to ${environment}`);
    }
    const jobs = Object.keys(pinnedDeclaration(workspace, pipeline, placement.release)?.value.jobs ?? {});
    const [only] = jobs;
    const name = job ?? (jobs.length === 1 ? only : undefined);
    if (name === undefined) throw misused(`${pipeline} has ${jobs.length} jobs`, `Say which: --job ${jobs.join(' or --job ')}`);
    if (autoscaleMin !== undefined && autoscaleMax === undefined && placement.jobs[name]?.autoscaler === undefined) {
      throw misused(`the autoscaler is not on for ${name} in ${environment}`, 'Say how far up it may go: --autoscale-max');
    }
    const here = placed(workspace, environment, pipeline);
    const current = here === undefined ? undefined : sessionOf(here, name);
    if (session !== undefined && current !== undefined && session !== current && here !== undefined && runningJobs(here).includes(name)) {
      throw new MillraceError('refused', [
        {
          file: placementFile(environment, pipeline),
          message: `${name} runs in the session cluster ${current}, and the operator lets no deployed job into another one (R26)`,
          remedy: `Write enabled: false for it and let that be synced: it is deleted, with a savepoint. Then run this again, and set enabled: true with that savepoint as initialSavepointPath.`,
        },
      ]);
    }
    const set = setterAt('jobs', name);
    const edits = [
      {
        kind: 'yaml' as const,
        file: placementFile(environment, pipeline),
        edits: [
          ...set(['parallelism'], parallelism),
          ...set(['slots'], slots),
          ...set(['taskManager', 'memory'], taskManagerMemory),
          ...set(['taskManager', 'cpu'], taskManagerCpu),
          ...set(['autoscaler', 'minParallelism'], autoscaleMin),
          ...set(['autoscaler', 'maxParallelism'], autoscaleMax),
          ...set(['session'], session),
        ],
      },
    ];
    const scaled = placement.jobs[name]?.autoscaler !== undefined || autoscaleMax !== undefined;
    return { edits, notices: parallelism !== undefined && scaled ? [overruled(name)] : [] };
  },
});

/** What the autoscaler has decided it writes over the parallelism at every reconciliation (JobAutoScalerImpl, applyParallelismOverrides). */
function overruled(job: string): Problem {
  return {
    message: `the autoscaler chooses the parallelism of ${job}: the one here counts only until it has decided once`,
    remedy: 'Change its limits: --autoscale-min, --autoscale-max.',
  };
}
