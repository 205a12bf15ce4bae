import { hasField } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const kraftSetting: ResourceRule = {
  id: 'strimzi/kraft-setting',
  severity: 'warning',
  title: 'The protocol between brokers is set by metadataVersion',
  source: 'R5; strimzi-kafka-operator, KafkaSpecChecker.java (KafkaInterBrokerProtocolVersionInKRaft, KafkaLogMessageFormatVersionInKRaft)',
  consequence: 'Kafka with KRaft does not read the setting, and the operator warns of it in the status. Who relies on it for a downgrade relies on nothing.',
  fix: 'Delete it, and write spec.kafka.metadataVersion.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    for (const key of ['inter.broker.protocol.version', 'log.message.format.version']) {
      const path = ['spec', 'kafka', 'config', key];
      if (hasField(resource.body, ...path)) yield { path, message: `Kafka with KRaft does not use ${key}` };
    }
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
spec: {kafka: {version: 4.3.1, config: {inter.broker.protocol.version: '3.9'}}}
`,
};
