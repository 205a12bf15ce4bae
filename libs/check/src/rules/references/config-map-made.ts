import type { ReferenceRule } from '../../rule.js';
import { byAnyName, readsOfOwn } from './made-elsewhere.js';
import { READERS } from './pods.js';

export const configMapMade: ReferenceRule = {
  id: 'references/config-map-made',
  severity: 'warning',
  title: 'In an environment that is checked as a whole, each ConfigMap that is read is there',
  source: 'R19; Kubernetes, kubelet: a container with a ConfigMap that is not there does not start; strimzi-kafka-operator, metricsConfig',
  consequence:
    'Unless somebody makes it by hand, pods wait in CreateContainerConfigError or ContainerCreating; a Kafka with such a metricsConfig is not reconciled.',
  fix: 'Correct the name, or add the ConfigMap to this namespace. Mark what may be missing with `optional: true`.',
  reach: 'references',
  on: READERS,
  *check(subject, universe) {
    for (const { name, path } of readsOfOwn(subject, 'ConfigMap', universe)) {
      // Of one that stands in another namespace, see references/config-map; of another kind, it may become one.
      if (
        byAnyName(universe)
          .all(`${subject.scope}\n${name}`)
          .some((other) => other !== subject)
      )
        continue;
      yield {
        path,
        message: `there is no ConfigMap ${name}${subject.namespace === undefined ? '' : ` in namespace ${subject.namespace}`} of ${subject.scope}`,
      };
    }
  },
  passes: example('kafka-metrics'),
  fails: example('kafka-metric'),
};

function example(map: string): Record<string, string> {
  return {
    'environments/prod/metrics.yaml': `
apiVersion: v1
kind: ConfigMap
metadata: {name: kafka-metrics, namespace: kafka}
data: {kafka-metrics-config.yml: 'lowercaseOutputName: true'}
`,
    'environments/prod/kafka.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: orders, namespace: kafka}
spec:
  kafka:
    metricsConfig:
      type: jmxPrometheusExporter
      valueFrom: {configMapKeyRef: {name: ${map}, key: kafka-metrics-config.yml}}
`,
  };
}
