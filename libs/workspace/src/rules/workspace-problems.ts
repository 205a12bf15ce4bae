import type { Problem, Workspace } from '@millrace/model';

import { flinkSettings } from './flink-settings.js';
import { kafkaClusters } from './kafka.js';
import { kafkaNames } from './kafka-names.js';
import { layoutsInOrder } from './layouts.js';
import { operatorNamespaces, operatorsOfOthers, operatorsPlatform, sessionJars } from './operators.js';
import { ownPatches } from './patches.js';
import { pipelineReferences } from './pipelines.js';
import { notYetRunning } from './not-yet-running.js';
import { coarseSteps } from './autoscaler.js';
import { placedJobs } from './placed-jobs.js';
import { placedBuilds } from './placed-builds.js';
import { placedTogether } from './placed-together.js';
import { placedTopics } from './placed-topics.js';
import { placedUsers } from './placed-users.js';
import { placementReferences } from './placements.js';
import { environmentVersions, placedVersions } from './platforms.js';
import { promotionTree } from './promotion-tree.js';
import { repositorySettings } from './repository-settings.js';
import type { WorkspaceRule } from './rule.js';
import { schemaRegistryCredentials } from './schema-registry.js';
import { separateStorage } from './separate-storage.js';
import { sessionClusters } from './sessions.js';
import { sharedClusters } from './shared-clusters.js';
import { teamNamespaces } from './team-namespaces.js';

const RULES: readonly WorkspaceRule[] = [
  repositorySettings,
  promotionTree,
  sharedClusters,
  separateStorage,
  kafkaNames,
  schemaRegistryCredentials,
  teamNamespaces,
  sessionClusters,
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
const PLACEMENT_RULES: readonly WorkspaceRule[] = [
  placedVersions,
  placementReferences,
  placedJobs,
  placedTopics,
  placedUsers,
  placedBuilds,
  placedTogether,
  sessionJars,
  ownPatches,
];

/** What is wrong between the declared files of a workspace, and what is only worth knowing. */
export function workspaceProblems(workspace: Workspace): { readonly problems: readonly Problem[]; readonly notices: readonly Problem[] } {
  const problems = RULES.flatMap((rule) => [...rule(workspace)]);
  if (problems.length > 0) return { problems, notices: [] };
  for (const rule of PLACEMENT_RULES) problems.push(...rule(workspace));
  return { problems, notices: [...notYetRunning(workspace), ...coarseSteps(workspace)] };
}
