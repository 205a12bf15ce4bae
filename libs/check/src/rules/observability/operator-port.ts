import { isMap, listAt, mapAt } from '../../field.js';
import type { ResourceRule } from '../../rule.js';

/** The ports of pods that Strimzi makes, by the label that selects them alone (EntityTopicOperator.java, EntityUserOperator.java; 060-Deployment). */
const PODS: readonly { readonly label: string; readonly value: string; readonly ports: readonly string[] }[] = [
  { label: 'app.kubernetes.io/name', value: 'entity-operator', ports: ['healthcheck-to', 'healthcheck-uo'] },
  { label: 'strimzi.io/kind', value: 'cluster-operator', ports: ['http'] },
];

export const operatorPort: ResourceRule = {
  id: 'observability/operator-port',
  severity: 'warning',
  title: "Monitors of Strimzi's operators ask at ports that these have",
  source: 'R19; strimzi-kafka-operator, CHANGELOG.md (1.1.0), EntityTopicOperator.java, EntityUserOperator.java, 060-Deployment-strimzi-cluster-operator.yaml',
  consequence: 'Prometheus finds nothing to ask: failed topics and users go unnoticed.',
  fix: 'Write the port that the pods have: healthcheck-to (Topic Operator), healthcheck-uo (User Operator), http (Cluster Operator).',
  reach: 'resource',
  on: ['monitoring.coreos.com/PodMonitor'],
  *check({ resource }) {
    const labels = mapAt(resource.body, 'spec', 'selector', 'matchLabels');
    for (const { label, value, ports } of PODS) {
      if (labels[label] !== value) continue;
      const endpoints = listAt(resource.body, 'spec', 'podMetricsEndpoints');
      const asked = endpoints.map((endpoint) => (isMap(endpoint) ? endpoint['port'] : undefined));
      // A monitor for old and new names at once finds those that there are.
      if (asked.some((port) => typeof port === 'string' && ports.includes(port))) continue;
      for (const [index, port] of asked.entries()) {
        if (typeof port !== 'string') continue;
        yield {
          path: ['spec', 'podMetricsEndpoints', index, 'port'],
          message: `the pods of the ${value} have no port ${port}`,
          fix: `Write port: ${ports.join(', and a second endpoint with port: ')}.`,
        };
      }
    }
  },
  passes: `
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: {name: entity-operator, namespace: monitoring}
spec:
  selector: {matchLabels: {app.kubernetes.io/name: entity-operator}}
  podMetricsEndpoints: [{port: healthcheck-to}, {port: healthcheck-uo}]
`,
  fails: `
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: {name: entity-operator, namespace: monitoring}
spec:
  selector: {matchLabels: {app.kubernetes.io/name: entity-operator}}
  podMetricsEndpoints: [{port: healthcheck}]
`,
};
