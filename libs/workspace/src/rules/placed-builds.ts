import { sessionFor } from '@millrace/manifests';
import { platform, type Problem, type Workspace } from '@millrace/model';

import { everyPlacement } from './every-placement.js';
import { problemAt, problemOfPlaced } from './rule.js';

/** Every job of a release has a build of the form that the environment runs, and a session cluster that takes it. */
export function* placedBuilds(workspace: Workspace): Generator<Problem> {
  for (const {
    declared,
    here: { environment, pipeline, placement },
  } of everyPlacement(workspace)) {
    const { mode } = environment.flink;
    for (const [name, { artifact, flinkVersion }] of Object.entries(pipeline.jobs)) {
      const missing = mode === 'session' ? artifact.jar === undefined : artifact.image === undefined;
      if (missing) {
        // In the first environment a job without a build is only not there yet; a release without one cannot run.
        if (placement.release === 'next') continue;
        yield problemAt(
          declared,
          ['release'],
          `release ${placement.release} has no ${mode === 'session' ? 'jar' : 'image'} for the job ${name}`,
          `Record it (millrace artifact ${pipeline.pipeline}), then promote a new release.`,
        );
      } else if (
        mode === 'session' &&
        flinkVersion in platform(environment.platform).flink &&
        sessionFor(environment, pipeline.team, flinkVersion) === undefined
      ) {
        yield problemOfPlaced(
          workspace,
          { placement: declared, pipeline: pipeline.pipeline },
          ['jobs', name, 'flinkVersion'],
          `${environment.environment} has no session cluster of team ${pipeline.team} with Flink ${flinkVersion} for the job ${name}`,
          `Add one: millrace session ${pipeline.team}-${flinkVersion.replace('_', '-')} --environment ${environment.environment} --team ${pipeline.team} --flink-version ${flinkVersion}`,
        );
      }
    }
  }
}
