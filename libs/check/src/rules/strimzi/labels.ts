/** The label that names the Kafka, or the KafkaConnect, which a resource belongs to (R7). */
export const CLUSTER_LABEL = 'strimzi.io/cluster';

export const CLUSTER_LABEL_PATH = ['metadata', 'labels', CLUSTER_LABEL] as const;
