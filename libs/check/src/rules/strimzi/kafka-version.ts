import { platform as setOf, platformNames, type PlatformName } from '@millrace/model';

import { fieldAt, hasField, scalarText } from '../../field.js';
import { CONNECT, KAFKA, MIRROR_MAKER_2 } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';

export const kafkaVersion: ResourceRule = {
  id: 'strimzi/kafka-version',
  severity: 'error',
  title: `Kafka runs in a version that the Strimzi of its platform supports: ${platformNames.map(supportedBy).join('; ')}`,
  source: 'R1, R5; strimzi-kafka-operator, kafka-versions.yaml, KafkaVersion.java (supportedVersion)',
  consequence: 'The operator refuses to reconcile: the resource becomes NotReady with UnsupportedKafkaVersionException, and nothing is rolled.',
  fix: "Write one of those, after the steps that Strimzi's upgrade guide gives for your running version.",
  reach: 'resource',
  on: [KAFKA, CONNECT, MIRROR_MAKER_2],
  *check({ resource, platform }) {
    const { kafka, operators } = setOf(platform);
    const path = resource.kind === 'Kafka' ? ['spec', 'kafka', 'version'] : ['spec', 'version'];
    // Connect and MirrorMaker 2 run whatever version their own image holds.
    if (resource.kind !== 'Kafka' && hasField(resource.body, 'spec', 'image')) return;
    const value = fieldAt(resource.body, ...path);
    const version = scalarText(value);
    if (version === undefined || isSubstituted(version) || kafka.supported.includes(version)) return;
    yield {
      path,
      message: `Strimzi ${operators.strimzi.version} of platform ${platform} does not support Kafka ${version}; it supports ${kafka.supported.join(', ')}`,
    };
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

function supportedBy(name: PlatformName): string {
  return `${setOf(name).kafka.supported.join(', ')} (${name})`;
}
