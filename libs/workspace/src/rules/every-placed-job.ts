import type { Placed } from '@millrace/manifests';
import type { Declared, Job, PlacedJob, Placement, Workspace } from '@millrace/model';

import { everyPlacement } from './every-placement.js';

/** A job of which a placement says something. */
export interface PlacedJobOf {
  readonly declared: Declared<Placement>;
  readonly here: Placed;
  readonly name: string;
  readonly job: PlacedJob;
  /** The job as the release that is placed declares it. */
  readonly released: Job;
}

/** Every job of which a placement says something, where its release has it. */
export function* everyPlacedJob(workspace: Workspace): Generator<PlacedJobOf> {
  for (const { declared, here } of everyPlacement(workspace)) {
    for (const [name, job] of Object.entries(here.placement.jobs)) {
      const released = here.pipeline.jobs[name];
      if (released !== undefined) yield { declared, here, name, job, released };
    }
  }
}
