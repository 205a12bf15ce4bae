/** Kinds by group and kind, as {@link groupKindOf} writes them: one name each, for all rules. */
export const KAFKA = 'kafka.strimzi.io/Kafka';
export const NODE_POOL = 'kafka.strimzi.io/KafkaNodePool';
export const TOPIC = 'kafka.strimzi.io/KafkaTopic';
export const USER = 'kafka.strimzi.io/KafkaUser';
export const REBALANCE = 'kafka.strimzi.io/KafkaRebalance';
export const CONNECT = 'kafka.strimzi.io/KafkaConnect';
export const CONNECTOR = 'kafka.strimzi.io/KafkaConnector';
export const MIRROR_MAKER_2 = 'kafka.strimzi.io/KafkaMirrorMaker2';
export const BRIDGE = 'kafka.strimzi.io/KafkaBridge';

/** Every kind that Strimzi 1 has for people to write. */
export const STRIMZI_KINDS = [KAFKA, NODE_POOL, TOPIC, USER, REBALANCE, CONNECT, CONNECTOR, MIRROR_MAKER_2, BRIDGE];

/** What hands out the credentials of a user of Kafka, by the Strimzi Access Operator. */
export const KAFKA_ACCESS = 'access.strimzi.io/KafkaAccess';

export const FLINK_DEPLOYMENT = 'flink.apache.org/FlinkDeployment';
export const FLINK_BLUE_GREEN = 'flink.apache.org/FlinkBlueGreenDeployment';
export const FLINK_SESSION_JOB = 'flink.apache.org/FlinkSessionJob';
export const FLINK_SNAPSHOT = 'flink.apache.org/FlinkStateSnapshot';

export const APPLICATION = 'argoproj.io/Application';
export const APPLICATION_SET = 'argoproj.io/ApplicationSet';
export const APP_PROJECT = 'argoproj.io/AppProject';

export const EXTERNAL_SECRET = 'external-secrets.io/ExternalSecret';
export const SECRET_STORE = 'external-secrets.io/SecretStore';
export const CLUSTER_SECRET_STORE = 'external-secrets.io/ClusterSecretStore';

export const CONFIG_MAP = 'ConfigMap';
export const SERVICE_ACCOUNT = 'ServiceAccount';
export const ROLE = 'rbac.authorization.k8s.io/Role';
export const CLUSTER_ROLE = 'rbac.authorization.k8s.io/ClusterRole';
export const CLUSTER_ROLE_BINDING = 'rbac.authorization.k8s.io/ClusterRoleBinding';
export const ROLE_BINDING = 'rbac.authorization.k8s.io/RoleBinding';
