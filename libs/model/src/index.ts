export {
  environmentName,
  jobName,
  kafkaClusterName,
  kafkaIdentifier,
  kafkaReference,
  kafkaTopicName,
  labelKey,
  MAIN_KAFKA,
  namespaceName,
  objectName,
  pipelineName,
  releaseVersion,
  repositoryName,
  sessionName,
  teamName,
  topicKey,
  userName,
} from './names.js';
export {
  applicationName,
  bootstrapAddress,
  clusterCaSecret,
  CREDENTIALS_MOUNT,
  credentialsName,
  defaultConsumerGroup,
  defaultTransactionalIdPrefix,
  isClusterSecret,
  jobStorage,
  sessionCredentialsName,
  transactionalIdAcl,
} from './derived-names.js';
export { LAYOUTS, newestLayout, previewLayout } from './layouts.js';
export {
  argocdPipelinesFolder,
  argocdPlatformFolder,
  credentialsFolder,
  environmentFile,
  environmentFolder,
  isAppliedAsIs,
  isInsideRepository,
  MILLRACE_FILE,
  nextFolder,
  pinnedFolder,
  pipelineFile,
  pipelineFolder,
  placementFile,
  placementFolder,
  relativePath,
  releaseFolder,
  releasesFolder,
} from './paths.js';
export { formatProblem, MillraceError, misused, refused, type Problem } from './problem.js';
export { fieldOf, isMapping } from './mapping.js';
export { conflictSides, releaseCutTwice } from './merge-conflict.js';
export { checksum, generatedFrom, generatedJson, generatedYaml, readProvenance } from './header.js';
export { readPatch, type Patch } from './patch.js';
export { isNewerMetadata, kafkaMinor, kafkaVersions } from './platforms/kafka-versions.js';
export {
  flinkVersionsOf,
  newestPlatform,
  platform,
  platformNames,
  type ChartPin,
  type FlinkPin,
  type OperatorPin,
  type Platform,
  type PlatformName,
} from './platforms/platform.js';
export { isEndpointKey, portOf } from './endpoints.js';
export { forFlink, properFlinkKey } from './flink-keys.js';
export { FLINK_METRICS_PORT, FLINK_PORTS, FLINK_REST_PORT } from './flink-ports.js';
export {
  clusterPart,
  declaredKafkas,
  kafkaNamed,
  kafkaOfUser,
  kafkaPart,
  kafkaPath,
  kafkasOfPipeline,
  usersOfJob,
  type DeclaredKafka,
  type KafkaOfEnvironment,
} from './kafkas.js';
export { teamNamespace } from './teams.js';
export { replicationOf, TRANSACTION_TIMEOUT } from './broker-defaults.js';
export { brokerSettings } from './broker-settings.js';
export { quantityOf } from './quantity.js';
export { cronError, timeZoneError } from './cron.js';
export { quartzError } from './quartz.js';
export { firstEnvironment, nextLayout, pinnedDeclaration, type FrozenRelease, type PatchFile, type PipelineSources, type Workspace } from './workspace.js';
export { IN_CLUSTER, inSameCluster, keptOperator, managedOperator, operatorsKeeper, sharedCluster } from './cluster.js';
export { locate, readDeclared, type Declared, type Path } from './read-declared.js';
export {
  chartRepository,
  configKey,
  configValue,
  cpuText,
  flinkCpu,
  flinkMemory,
  memoryQuantity,
  positiveInteger,
  storageQuantity,
  storageUri,
  webUrl,
} from './declared/scalars.js';
export { branchName, millraceSchema, repositoryFolder, rulesSchema, type Millrace, type RuleSettings } from './declared/millrace.js';
export { repositoryUrl } from './declared/repository-url.js';
export { environmentSchema, type Environment } from './declared/environment.js';
export type { SyncWindow } from './declared/environment/argocd.js';
export type { Flink, Session } from './declared/environment/flink.js';
export {
  kafkaVersion,
  metadataVersion,
  quartzCron,
  type ExternalKafka,
  type Kafka,
  type KafkaListener,
  type NetworkPolicyPeer,
} from './declared/environment/kafka.js';
export type { Observability } from './declared/environment/observability.js';
export { artifactScheme, operatorNames, operatorsSchema, type OperatorName, type Operators } from './declared/environment/operators.js';
export {
  deliveryGuarantees,
  entryClass,
  flinkVersion,
  flinkVersions,
  imageReference,
  jarUri,
  partitions,
  pipelineSchema,
  sha256,
  type Artifact,
  type FlinkVersion,
  type Job,
  type Pipeline,
  type Topic,
} from './declared/pipeline.js';
export { JOB_PODS, placedJobSchema, placementSchema, type PlacedJob, type Placement } from './declared/placement.js';
export { releaseSchema } from './declared/release.js';
export type { Edit } from './edit/edit.js';
export { EditError } from './edit/edit-error.js';
export { editYaml } from './edit/edit-yaml.js';
export { writeYaml } from './edit/write-yaml.js';
export type { YamlValue } from './edit/yaml-value.js';
