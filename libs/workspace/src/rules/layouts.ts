import { environmentFile, firstEnvironment, LAYOUTS, newestLayout, nextLayout, type Problem, type Workspace } from '@millrace/model';

import { problemAt } from './rule.js';

/**
 * A layout is tried before it is relied on: the first environment goes first, each other one after the one it promotes
 * from, and no environment runs a release of a layout that the first is not in.
 */
export function* layoutsInOrder(workspace: Workspace): Generator<Problem> {
  const first = firstEnvironment(workspace);
  for (const declared of workspace.environments.values()) {
    const { environment, promotesFrom, layout } = declared.value;
    const before = promotesFrom === undefined ? undefined : workspace.environments.get(promotesFrom)?.value;
    if (before === undefined || layout <= before.layout) continue;
    yield problemAt(
      declared,
      ['layout'],
      `${environment} is in layout ${layout}, but ${before.environment}, from which it promotes, is in layout ${before.layout}`,
      `Move ${before.environment} first: millrace migrate ${before.environment}. Or write layout: ${before.layout} here.`,
    );
  }
  for (const [environment, placements] of workspace.placements) {
    for (const [pipeline, declared] of placements) {
      const { release } = declared.value;
      const layout = workspace.pipelines.get(pipeline)?.releases.get(release)?.record.value.layout;
      if (layout === undefined) continue;
      if (!LAYOUTS.includes(layout)) {
        yield problemAt(
          declared,
          ['release'],
          `release ${release} of ${pipeline} is in layout ${layout}, which this Millrace does not make (it makes ${LAYOUTS.join(' and ')})`,
          layout > newestLayout
            ? 'Use the Millrace that it was cut with, or a newer one.'
            : `With the Millrace before: millrace releases refresh ${pipeline} --release ${release}. Promote what that makes, then upgrade.`,
        );
      } else if (layout > nextLayout(workspace)) {
        yield problemAt(
          declared,
          ['release'],
          `release ${release} of ${pipeline} is in layout ${layout}, but ${first ?? 'the first environment'} is still in layout ${nextLayout(workspace)}: ${environment} would run what was never tried`,
          `Move ${first ?? 'the first environment'} first (millrace migrate), or pin an older release. The layout stands in ${environmentFile(first ?? environment)}.`,
        );
      }
    }
  }
}
