import { hasField, isMap, listAt, mapAt, textAt, textsAt } from '../../field.js';
import type { ReferenceRule } from '../../rule.js';
import { KAFKA } from '../../kinds.js';
import { CLUSTER_LABEL } from '../strimzi/labels.js';

/** The port of metrics in the pods of a Kafka; Strimzi opens it only where metrics are switched on. */
const PORT = 'tcp-prometheus';
/** What switches it on: in the brokers, in Cruise Control, in the exporter. */
const SWITCHES = [
  ['spec', 'kafka', 'metricsConfig'],
  ['spec', 'cruiseControl', 'metricsConfig'],
  ['spec', 'kafkaExporter'],
];

export const kafkaMetrics: ReferenceRule = {
  id: 'observability/kafka-metrics',
  severity: 'warning',
  title: 'A Kafka whose pods are monitored has metrics',
  source: 'R19; strimzi-kafka-operator, KafkaCluster.java (getContainerPortList), MetricsModel.java',
  consequence: 'The pods have no port for metrics: Prometheus finds nothing to ask, dashboards stay empty, and alerts silent.',
  fix: 'Write spec.kafka.metricsConfig in the Kafka: {type: strimziMetricsReporter}.',
  reach: 'references',
  on: ['monitoring.coreos.com/PodMonitor'],
  *check(subject, universe) {
    const { body } = subject.resource;
    const labels = mapAt(body, 'spec', 'selector', 'matchLabels');
    const cluster = textAt(labels, CLUSTER_LABEL);
    // Pods of other kinds of Strimzi have the same port: only where Kafka's alone are selected is it known who lacks it.
    if (labels['strimzi.io/kind'] !== 'Kafka' || hasField(body, 'spec', 'selector', 'matchExpressions')) return;
    const namespaces = textsAt(body, 'spec', 'namespaceSelector', 'matchNames');
    const known = universe.near(subject, KAFKA);
    const watched = namespaces.map((namespace) =>
      known.filter(({ resource, namespace: of }) => of === namespace && (cluster === undefined || cluster === resource.name)),
    );
    // A namespace without a Kafka in this run has one elsewhere.
    if (watched.length === 0 || watched.some((kafkas) => kafkas.length === 0)) return;
    const kafkas = watched.flat();
    if (kafkas.some(({ resource }) => SWITCHES.some((path) => hasField(resource.body, ...path)))) return;
    for (const [index, endpoint] of listAt(body, 'spec', 'podMetricsEndpoints').entries()) {
      if (!isMap(endpoint) || endpoint['port'] !== PORT) continue;
      yield {
        path: ['spec', 'podMetricsEndpoints', index, 'port'],
        message: `no pod of the Kafka ${kafkas.map(({ resource }) => resource.name).join(', ')} has the port ${PORT}: it has no metricsConfig`,
      };
    }
  },
  passes: `
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: {name: kafka, namespace: monitoring}
spec:
  namespaceSelector: {matchNames: [kafka]}
  selector: {matchLabels: {strimzi.io/kind: Kafka}}
  podMetricsEndpoints: [{port: tcp-prometheus}]
---
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {metricsConfig: {type: strimziMetricsReporter}}}
`,
  fails: `
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: {name: kafka, namespace: monitoring}
spec:
  namespaceSelector: {matchNames: [kafka]}
  selector: {matchLabels: {strimzi.io/kind: Kafka}}
  podMetricsEndpoints: [{port: tcp-prometheus}]
---
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {config: {}}}
`,
};
