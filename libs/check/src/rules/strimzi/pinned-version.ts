import { platform as setOf } from '@millrace/model';

import { hasField } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { signOfSeveralBrokers } from './several-brokers.js';

export const pinnedVersion: ResourceRule = {
  id: 'strimzi/pinned-version',
  severity: 'warning',
  title: 'A Kafka of several brokers says its version and its metadata version',
  source:
    'R5; strimzi-kafka-operator, KafkaVersion.java (defaultVersion), KRaftVersionChangeCreator.java; Strimzi documentation, "Upgrading Kafka" (proc-upgrade-kafka-kraft)',
  consequence:
    'A new Strimzi brings a new default: its upgrade rolls every broker to another Kafka. Without a metadata version the operator raises that too, at once, and the way back to the old Kafka is closed.',
  fix: 'Write both into spec.kafka. Raise version first, let it run, and raise metadataVersion in a commit of its own.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource, platform }) {
    if (signOfSeveralBrokers(resource.body) === undefined) return;
    const { version, metadataVersion } = setOf(platform).kafka;
    const missing = [['version', version] as const, ['metadataVersion', metadataVersion] as const].filter(
      ([field]) => !hasField(resource.body, 'spec', 'kafka', field),
    );
    const [first] = missing;
    if (first === undefined) return;
    const names = missing.map(([field]) => `spec.kafka.${field}`).join(' and ');
    yield {
      path: ['spec', 'kafka', first[0]],
      message: `${names} ${missing.length === 1 ? 'is' : 'are'} missing: the operator decides, and decides anew with each release`,
      fix: `Write what runs today; of platform ${platform} it would be ${missing.map(([field, value]) => `\`${field}: "${value}"\``).join(' and ')}.`,
    };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {version: 4.3.1, metadataVersion: 4.3-IV0, config: {default.replication.factor: 3, min.insync.replicas: 2}}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {config: {default.replication.factor: 3, min.insync.replicas: 2}}}
`,
};
