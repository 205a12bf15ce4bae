import { sessionOf } from '@millrace/manifests';
import { type Problem, type Workspace, teamNamespace } from '@millrace/model';

import type { PlacedJobOf } from './every-placed-job.js';
import { problemAt } from './rule.js';

/** The session cluster that a placement names is there, of the job's team and its Flink. */
export function* sessionOfJob(workspace: Workspace, { declared, here: { environment, pipeline }, name, job, released }: PlacedJobOf): Generator<Problem> {
  if (job.session === undefined) return;
  const at = ['jobs', name, 'session'];
  const found = environment.flink.sessions[job.session];
  const fitting = Object.entries(environment.flink.sessions)
    .filter(([, { team, flinkVersion }]) => team === pipeline.team && flinkVersion === released.flinkVersion)
    .map(([fit]) => fit);
  const remedy = `${fitting.length === 0 ? 'Make' : `Write ${fitting.join(' or ')}, leave session out, or make`} one: millrace session <name> --environment ${environment.environment} --team ${pipeline.team} --flink-version ${released.flinkVersion}`;
  if (found === undefined) {
    yield problemAt(declared, at, `${environment.environment} has no session cluster ${job.session}`, remedy);
  } else if (found.team !== pipeline.team) {
    const namespace = teamNamespace(workspace, environment, found.team) ?? '';
    yield problemAt(
      declared,
      at,
      `the session cluster ${job.session} is of the team ${found.team}, in its namespace ${namespace}: ${name} of ${pipeline.team} could read its credentials there`,
      remedy,
    );
  } else if (found.flinkVersion !== released.flinkVersion) {
    yield problemAt(
      declared,
      at,
      `the session cluster ${job.session} runs Flink ${found.flinkVersion}, the job ${name} is of Flink ${released.flinkVersion}`,
      remedy,
    );
  }
}

/** A job in a session has no pods: what is said of them would have no effect. */
export function* sizesInSession({ declared, here, name, job }: PlacedJobOf): Generator<Problem> {
  const { environment } = here.environment;
  const sized = { slots: job.slots === undefined ? 0 : 1, jobManager: Object.keys(job.jobManager).length, taskManager: Object.keys(job.taskManager).length };
  for (const [key, said] of Object.entries(sized)) {
    if (said === 0) continue;
    yield problemAt(
      declared,
      ['jobs', name, key],
      `${environment} runs jobs in session clusters, whose pods no job owns: ${key} has no effect`,
      `Remove it, and size the cluster: millrace session ${sessionOf(here, name) ?? '<name>'} --environment ${environment} --slots <slots> --task-manager-memory <memory>`,
    );
  }
}

/** Variables of a job's pods, which a job in a session has not. */
export function* environmentOfPods({ declared, here, name, job }: PlacedJobOf): Generator<Problem> {
  for (const key of ['env', 'secrets'] as const) {
    if (Object.keys(job[key]).length === 0) continue;
    yield problemAt(
      declared,
      ['jobs', name, key],
      `${here.environment.environment} runs jobs in session clusters, whose pods no job owns: ${key} cannot be set`,
      'Pass args, or give the job an environment of mode application.',
    );
  }
}
