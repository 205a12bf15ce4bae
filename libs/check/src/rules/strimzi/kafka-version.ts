import { fieldAt, hasField, scalarText } from '../../field.js';
import type { ResourceRule } from '../../rule.js';
import { CONNECT, KAFKA, MIRROR_MAKER_2 } from './kinds.js';
import { isSubstituted } from './substituted.js';
import { KAFKA_VERSIONS } from './versions.js';

export const kafkaVersion: ResourceRule = {
  id: 'strimzi/kafka-version',
  severity: 'error',
  title: `Kafka runs in a version that Strimzi 1.2 supports: ${KAFKA_VERSIONS.join(', ')}`,
  source: 'R1, R5; strimzi-kafka-operator, kafka-versions.yaml, KafkaVersion.java (supportedVersion)',
  consequence: 'The operator refuses to reconcile: the resource becomes NotReady with UnsupportedKafkaVersionException, and nothing is rolled.',
  fix: `Write one of ${KAFKA_VERSIONS.join(', ')}, after the steps that Strimzi's upgrade guide gives for your running version.`,
  reach: 'resource',
  on: [KAFKA, CONNECT, MIRROR_MAKER_2],
  *check({ resource }) {
    const path = resource.kind === 'Kafka' ? ['spec', 'kafka', 'version'] : ['spec', 'version'];
    // Connect and MirrorMaker 2 run whatever version their own image holds.
    if (resource.kind !== 'Kafka' && hasField(resource.body, 'spec', 'image')) return;
    const value = fieldAt(resource.body, ...path);
    const version = scalarText(value);
    if (version === undefined || isSubstituted(version) || KAFKA_VERSIONS.includes(version)) return;
    yield { path, message: `Strimzi 1.2 does not support Kafka ${version}; it supports ${KAFKA_VERSIONS.join(', ')}` };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {version: 4.3.1, metadataVersion: 4.3-IV0}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {version: 3.6.0}}
`,
};
