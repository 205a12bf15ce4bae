import { STRIMZI_KINDS } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

const REMOVED = /^kafka\.strimzi\.io\/v1(?:alpha|beta)\d+$/;

export const apiVersion: ResourceRule = {
  id: 'strimzi/api-version',
  severity: 'error',
  title: 'Strimzi resources are written in kafka.strimzi.io/v1',
  source: 'R2; strimzi-kafka-operator, CHANGELOG.md (0.49.0, 1.0.0)',
  consequence: 'The CRDs of Strimzi 1 serve v1 only: the API server does not know the resource, and Argo CD cannot sync it.',
  fix: "Write `apiVersion: kafka.strimzi.io/v1`, and rename the fields that v1 no longer has. Strimzi's API conversion tool does both.",
  reach: 'resource',
  on: [...STRIMZI_KINDS, 'kafka.strimzi.io/KafkaMirrorMaker'],
  *check({ resource }) {
    const path = ['apiVersion'];
    if (resource.kind === 'KafkaMirrorMaker') {
      yield { path, message: 'Strimzi 1 has no KafkaMirrorMaker: MirrorMaker 1 is gone', fix: 'Replace it by a KafkaMirrorMaker2.' };
    } else if (REMOVED.test(resource.apiVersion)) {
      yield { path, message: `${resource.kind} is written in ${resource.apiVersion}, which Strimzi 1.0 removed; it is served as kafka.strimzi.io/v1` };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 10, replicas: 3}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1beta2
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 10, replicas: 3}
`,
};
