import type { Problem, Workspace } from '@millrace/model';

import { environmentSettings, kafkaNames, promotionTree, repositorySettings, separateStorage, sharedClusters } from './environments.js';
import { flinkSettings } from './flink-settings.js';
import { layoutsInOrder } from './layouts.js';
import { kafkaClusters } from './kafka.js';
import { operatorNamespaces, operatorsOfOthers, operatorsPlatform, sessionJars } from './operators.js';
import { ownPatches } from './patches.js';
import { pipelineReferences } from './pipelines.js';
import { notYetRunning } from './not-yet-running.js';
import { coarseSteps, placedJobs } from './placed-jobs.js';
import { placedTogether } from './placed-together.js';
import { placementReferences } from './placements.js';
import { environmentVersions, placedVersions } from './platforms.js';
import type { WorkspaceRule } from './rule.js';

const RULES: readonly WorkspaceRule[] = [
  repositorySettings,
  promotionTree,
  sharedClusters,
  separateStorage,
  kafkaNames,
  environmentSettings,
  kafkaClusters,
  environmentVersions,
  operatorNamespaces,
  operatorsOfOthers,
  operatorsPlatform,
  flinkSettings,
  pipelineReferences,
  layoutsInOrder,
];
/** Meaningful only where everything above holds. */
const PLACEMENT_RULES: readonly WorkspaceRule[] = [placedVersions, placementReferences, placedJobs, placedTogether, sessionJars, ownPatches];

/** What is wrong between the declared files of a workspace, and what is only worth knowing. */
export function workspaceProblems(workspace: Workspace): { readonly problems: readonly Problem[]; readonly notices: readonly Problem[] } {
  const problems = RULES.flatMap((rule) => [...rule(workspace)]);
  if (problems.length > 0) return { problems, notices: [] };
  for (const rule of PLACEMENT_RULES) problems.push(...rule(workspace));
  return { problems, notices: [...notYetRunning(workspace), ...coarseSteps(workspace)] };
}
