import { placed, runningJobs } from '@millrace/manifests';
import { firstEnvironment, placementFile, type Problem, type Workspace } from '@millrace/model';

/** What is declared and does not run anywhere yet: no problem, but somebody may wonder. */
export function* notYetRunning(workspace: Workspace): Generator<Problem> {
  const first = firstEnvironment(workspace);
  if (first === undefined) return;
  for (const pipeline of workspace.placements.get(first)?.keys() ?? []) {
    const here = placed(workspace, first, pipeline);
    if (here === undefined) continue;
    const running = new Set(runningJobs(here));
    const form = here.environment.flink.mode === 'session' ? 'jar' : 'image';
    for (const [job, { artifact }] of Object.entries(here.pipeline.jobs)) {
      if (running.has(job) || artifact[form] !== undefined) continue;
      yield {
        file: placementFile(first, pipeline),
        message: `the job ${job} does not run in ${first} yet: no ${form} is recorded for it`,
        remedy: `Build it, then: millrace artifact ${pipeline} --jobs ${job} ${form === 'jar' ? '--jar-uri <URI> --jar-sha256 <digest>' : '--image <image>@sha256:<digest>'}`,
      };
    }
  }
}
