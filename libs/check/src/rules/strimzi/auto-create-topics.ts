import { fieldAt, hasField, scalarText } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { signOfSeveralBrokers } from './several-brokers.js';

export const autoCreateTopics: ResourceRule = {
  id: 'strimzi/auto-create-topics',
  severity: 'warning',
  title: 'Topics come from KafkaTopics, not from clients that name them',
  source: 'R11; Strimzi documentation, "Handling of topics by applications" (con-application-topic-handling)',
  consequence:
    'A misspelt name in a client makes a topic that no KafkaTopic manages, with default partitions and replicas. Git no longer says which topics there are.',
  fix: 'Write `auto.create.topics.enable: false`, and declare each topic as a KafkaTopic.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    const path = ['spec', 'kafka', 'config', 'auto.create.topics.enable'];
    const text = scalarText(fieldAt(resource.body, ...path));
    if (text === 'true') yield { path, message: 'auto.create.topics.enable is set to true' };
    // With authorization a client needs the right to create. A cluster of one broker is for trying things out.
    if (text !== undefined || hasField(resource.body, 'spec', 'kafka', 'authorization') || signOfSeveralBrokers(resource.body) === undefined) return;
    yield { path, message: 'auto.create.topics.enable is not set, so it is true, and without authorization every client may' };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {config: {auto.create.topics.enable: 'false'}}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {config: {auto.create.topics.enable: 'true'}}}
`,
};
