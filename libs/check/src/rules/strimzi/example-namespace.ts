import { listAt } from '../../field.js';
import type { ResourceRule } from '../../rule.js';

const EXAMPLE = 'myproject';

export const exampleNamespace: ResourceRule = {
  id: 'strimzi/example-namespace',
  severity: 'warning',
  title: "Monitors look for Kafka in your namespace, not in that of Strimzi's examples",
  source: 'R19; strimzi-kafka-operator, examples/metrics/prometheus-install/pod-monitors',
  consequence: 'Prometheus finds no pod, and scrapes nothing. Dashboards stay empty, and alerts silent.',
  fix: `Replace ${EXAMPLE} by the namespace that Kafka runs in.`,
  reach: 'resource',
  on: ['monitoring.coreos.com/PodMonitor', 'monitoring.coreos.com/ServiceMonitor'],
  *check({ resource, namespace }) {
    // Strimzi's example as it stands, or somebody whose namespace has that name.
    if (namespace === undefined || namespace === EXAMPLE) return;
    const path = ['spec', 'namespaceSelector', 'matchNames'];
    for (const [index, name] of listAt(resource.body, ...path).entries()) {
      if (name === EXAMPLE)
        yield { path: [...path, index], message: `this ${resource.kind} in ${namespace} selects pods in ${EXAMPLE}, the namespace of Strimzi's examples` };
    }
  },
  passes: `
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: {name: kafka-resources-metrics, namespace: monitoring}
spec: {namespaceSelector: {matchNames: [kafka]}}
`,
  fails: `
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: {name: kafka-resources-metrics, namespace: monitoring}
spec: {namespaceSelector: {matchNames: [myproject]}}
`,
};
