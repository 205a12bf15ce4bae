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
