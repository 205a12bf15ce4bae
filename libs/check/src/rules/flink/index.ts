import type { Rule } from '../../rule.js';
import { artifactPlugin } from './artifact-plugin.js';
import { autoscalerCeiling } from './autoscaler-ceiling.js';
import { autoscalerLimits } from './autoscaler-limits.js';
import { autoscalerOptions } from './autoscaler-options.js';
import { checkpointRetention } from './checkpoint-retention.js';
import { configurationValue } from './configuration-value.js';
import { deploymentMode } from './deployment-mode.js';
import { deprecatedVersion } from './deprecated-version.js';
import { duplicateSetting } from './duplicate-setting.js';
import { filesystemPlugin } from './filesystem-plugin.js';
import { forbiddenKey } from './forbidden-key.js';
import { formerKey } from './former-key.js';
import { healthCheck } from './health-check.js';
import { highAvailability } from './high-availability.js';
import { highAvailabilityStorage } from './high-availability-storage.js';
import { imageTag } from './image-tag.js';
import { imageVersion } from './image-version.js';
import { ingressProtection } from './ingress-protection.js';
import { ingressTemplate } from './ingress-template.js';
import { jarOutsideImage } from './jar-outside-image.js';
import { jarUri } from './jar-uri.js';
import { logConfiguration } from './log-configuration.js';
import { mainContainer } from './main-container.js';
import { maxParallelism } from './max-parallelism.js';
import { memory } from './memory.js';
import { memoryValue } from './memory-value.js';
import { name } from './name.js';
import { nonRestoredState } from './non-restored-state.js';
import { operatorElection } from './operator-election.js';
import { operatorImage } from './operator-image.js';
import { overlappingKeys } from './overlapping-keys.js';
import { parallelism } from './parallelism.js';
import { parallelismOverrides } from './parallelism-overrides.js';
import { pluginVersion } from './plugin-version.js';
import { readOnlyPlugins } from './read-only-plugins.js';
import { removedKey } from './removed-key.js';
import { restExposure } from './rest-exposure.js';
import { rollback } from './rollback.js';
import { savepointPathKey } from './savepoint-path-key.js';
import { serviceAccount } from './service-account.js';
import { sessionJarLocation } from './session-jar-location.js';
import { sessionJarScheme } from './session-jar-scheme.js';
import { sessionJob } from './session-job.js';
import { snapshotDisposal } from './snapshot-disposal.js';
import { snapshotJob } from './snapshot-job.js';
import { snapshotKind } from './snapshot-kind.js';
import { snapshotSchedule } from './snapshot-schedule.js';
import { standbyJobManager } from './standby-job-manager.js';
import { stateBackend } from './state-backend.js';
import { stateDirectory } from './state-directory.js';
import { upgradeMode } from './upgrade-mode.js';
import { upgradeModePlace } from './upgrade-mode-place.js';
import { version } from './version.js';

/** What the Flink Kubernetes operator and Flink make of one resource. */
export const flinkRules: readonly Rule[] = [
  version,
  deprecatedVersion,
  imageVersion,
  imageTag,
  deploymentMode,
  serviceAccount,
  name,
  parallelism,
  memory,
  memoryValue,
  logConfiguration,
  upgradeMode,
  upgradeModePlace,
  stateDirectory,
  checkpointRetention,
  highAvailability,
  highAvailabilityStorage,
  standbyJobManager,
  rollback,
  healthCheck,
  savepointPathKey,
  nonRestoredState,
  maxParallelism,
  forbiddenKey,
  configurationValue,
  overlappingKeys,
  duplicateSetting,
  stateBackend,
  removedKey,
  formerKey,
  jarUri,
  jarOutsideImage,
  filesystemPlugin,
  pluginVersion,
  readOnlyPlugins,
  mainContainer,
  autoscalerOptions,
  autoscalerLimits,
  autoscalerCeiling,
  parallelismOverrides,
  restExposure,
  ingressTemplate,
  ingressProtection,
  sessionJob,
  sessionJarLocation,
  sessionJarScheme,
  artifactPlugin,
  snapshotKind,
  snapshotJob,
  snapshotDisposal,
  snapshotSchedule,
  operatorImage,
  operatorElection,
];
