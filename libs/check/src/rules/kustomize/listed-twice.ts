import { posix } from 'node:path';

import { textsAt } from '../../field.js';
import type { KustomizationRule } from '../../rule.js';
import { layersOf } from '../../sources/kustomization.js';

export const listedTwice: KustomizationRule = {
  id: 'kustomize/listed-twice',
  severity: 'error',
  title: 'Every file and folder is listed once',
  source: 'Kustomize, resWrangler.append ("may not add resource with an already registered id")',
  consequence: 'Kustomize does not build the overlay, and says which resource it has twice, but not where.',
  fix: 'Remove the second entry.',
  reach: 'kustomization',
  stopsBuild: true,
  *check(root) {
    for (const { file, body } of layersOf(root)) {
      const seen = new Map<string, string>();
      for (const field of ['resources', 'bases']) {
        for (const [index, entry] of textsAt(body, field).entries()) {
          const path = entry.includes('://') ? entry : posix.normalize(entry).replace(/\/$/, '');
          const first = seen.get(path);
          if (first === undefined) seen.set(path, `${field}[${index}]`);
          else yield { file, path: [field, index], message: `${entry} is listed already, at ${first}` };
        }
      }
    }
  },
  passes: {
    'kustomization.yaml': `
resources: [topic.yaml]
`,
    'topic.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 3, replicas: 3}
`,
  },
  fails: {
    'kustomization.yaml': `
resources: [topic.yaml, ./topic.yaml]
`,
    'topic.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 3, replicas: 3}
`,
  },
};
