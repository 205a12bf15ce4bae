import type { Rule } from '../../rule.js';
import { allowEmpty } from './allow-empty.js';
import { applicationHealth } from './application-health.js';
import { applicationSetDeletion } from './application-set-deletion.js';
import { applicationSetKeys } from './application-set-keys.js';
import { applicationSetProject } from './application-set-project.js';
import { createNamespace } from './create-namespace.js';
import { destination } from './destination.js';
import { healthCheck } from './health-check.js';
import { healthScript } from './health-script.js';
import { hydratedPath } from './hydrated-path.js';
import { ignoredFields } from './ignored-fields.js';
import { kafkaAccess } from './kafka-access.js';
import { largeCrd } from './large-crd.js';
import { manifestPaths } from './manifest-paths.js';
import { projectBreadth } from './project-breadth.js';
import { projectDestination } from './project-destination.js';
import { projectExists } from './project-exists.js';
import { projectKafkaAccess } from './project-kafka-access.js';
import { projectKinds } from './project-kinds.js';
import { projectSource } from './project-source.js';
import { pruneGuard } from './prune-guard.js';
import { respectIgnored } from './respect-ignored.js';
import { rollingSync } from './rolling-sync.js';
import { sharedResource } from './shared-resource.js';
import { sourcePath } from './source-path.js';
import { syncOptions } from './sync-options.js';
import { syncWaveNumber } from './sync-wave-number.js';
import { syncWindow } from './sync-window.js';
import { syncWindowZone } from './sync-window-zone.js';
import { targetRevision } from './target-revision.js';
import { trackingMethod } from './tracking-method.js';
import { valuesFile } from './values-file.js';

/** What Argo CD makes of Applications, projects and its annotations. */
export const argocdRules: readonly Rule[] = [
  destination,
  sourcePath,
  manifestPaths,
  valuesFile,
  targetRevision,
  hydratedPath,
  projectExists,
  projectSource,
  projectDestination,
  projectKinds,
  projectBreadth,
  projectKafkaAccess,
  kafkaAccess,
  sharedResource,
  syncOptions,
  syncWaveNumber,
  syncWindow,
  syncWindowZone,
  largeCrd,
  pruneGuard,
  createNamespace,
  allowEmpty,
  ignoredFields,
  respectIgnored,
  applicationSetKeys,
  applicationSetProject,
  applicationSetDeletion,
  rollingSync,
  trackingMethod,
  applicationHealth,
  healthCheck,
  healthScript,
];
