import { placed, type Placed } from '@millrace/manifests';
import type { Declared, Placement, Workspace } from '@millrace/model';

/** A pipeline in an environment, with the file that says so. */
export interface EveryPlacement {
  readonly declared: Declared<Placement>;
  readonly here: Placed;
}

/** Every pipeline in every environment, where all is there that its placement refers to. */
export function* everyPlacement(workspace: Workspace): Generator<EveryPlacement> {
  for (const [environment, placements] of workspace.placements) {
    for (const [pipeline, declared] of placements) {
      const here = placed(workspace, environment, pipeline);
      if (here !== undefined) yield { declared, here };
    }
  }
}
