import { hasField, listAt, type FieldPath } from '../../field.js';
import { MIRROR_MAKER_2 } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

/** A field that v1 does not have, what to do, and the field that replaces it. */
type Gone = readonly [path: FieldPath, fix: string, instead?: FieldPath];

export const mirrorMakerClusters: ResourceRule = {
  id: 'strimzi/mirror-maker-clusters',
  severity: 'error',
  title: 'A KafkaMirrorMaker2 names its clusters as target and source',
  source: 'R2; strimzi-kafka-operator, CHANGELOG.md (0.49.0), 048-Crd-kafkamirrormaker2.yaml',
  consequence: 'The fields do not exist in v1: they are dropped, and the API server misses the target.',
  fix: 'Write the cluster of connectCluster as spec.target, and each other one as source of the mirror that reads it.',
  reach: 'resource',
  on: [MIRROR_MAKER_2],
  *check({ resource }) {
    const gone: readonly Gone[] = [
      [['spec', 'connectCluster'], 'Delete it: MirrorMaker 2 runs at spec.target.', ['spec', 'target']],
      [['spec', 'clusters'], 'Write the target as spec.target, and each source as spec.mirrors[].source.', ['spec', 'target']],
      ...listAt(resource.body, 'spec', 'mirrors').flatMap((_, index): readonly Gone[] => [
        [
          ['spec', 'mirrors', index, 'sourceCluster'],
          'Write the cluster itself as source, with alias and bootstrapServers.',
          ['spec', 'mirrors', index, 'source'],
        ],
        [['spec', 'mirrors', index, 'targetCluster'], 'Delete it: every mirror writes to spec.target.'],
        [['spec', 'mirrors', index, 'heartbeatConnector'], 'Run the heartbeat connector as a KafkaConnector, if you need it.'],
      ]),
    ];
    for (const [path, fix, instead] of gone) {
      if (!hasField(resource.body, ...path)) continue;
      // Who has not written the new field yet misses it for the same reason; what is wrong in it is another mistake.
      const spoils = instead === undefined || hasField(resource.body, ...instead) ? [] : [instead];
      yield { path, spoils, message: `${String(path.at(-1))} does not exist in v1`, fix };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaMirrorMaker2
metadata: {name: mirror, namespace: kafka}
spec:
  replicas: 1
  target:
    alias: target
    bootstrapServers: target-kafka-bootstrap:9093
    groupId: mirror
    configStorageTopic: mirror-configs
    offsetStorageTopic: mirror-offsets
    statusStorageTopic: mirror-status
  mirrors:
    - source: {alias: source, bootstrapServers: 'source-kafka-bootstrap:9093'}
      topicsPattern: orders.*
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaMirrorMaker2
metadata: {name: mirror, namespace: kafka}
spec:
  replicas: 1
  connectCluster: target
  clusters:
    - {alias: source, bootstrapServers: 'source-kafka-bootstrap:9093'}
    - {alias: target, bootstrapServers: 'target-kafka-bootstrap:9093'}
  mirrors:
    - {sourceCluster: source, targetCluster: target, topicsPattern: orders.*}
`,
};
