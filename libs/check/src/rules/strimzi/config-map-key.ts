import { hasField, textAt, type FieldPath } from '../../field.js';
import { BRIDGE, CONNECT, KAFKA, MIRROR_MAKER_2 } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

const OF_KAFKA: readonly FieldPath[] = [
  ['spec', 'kafka'],
  ['spec', 'cruiseControl'],
  ['spec', 'entityOperator', 'topicOperator'],
  ['spec', 'entityOperator', 'userOperator'],
];

export const configMapKey: ResourceRule = {
  id: 'strimzi/config-map-key',
  severity: 'error',
  title: 'Metrics and logging from a ConfigMap say its name and its key',
  source: 'R19; strimzi-kafka-operator, JmxPrometheusExporterModel.java, LoggingUtils.java',
  consequence: 'The operator refuses the resource, and nothing of it is rolled out.',
  fix: 'Write `valueFrom: {configMapKeyRef: {name: <config map>, key: <key>}}`.',
  reach: 'resource',
  on: [KAFKA, CONNECT, MIRROR_MAKER_2, BRIDGE],
  *check({ resource: { body, kind } }) {
    for (const owner of kind === 'Kafka' ? OF_KAFKA : [['spec']]) {
      for (const [block, type] of [
        ['metricsConfig', 'jmxPrometheusExporter'],
        ['logging', 'external'],
      ] as const) {
        if (textAt(body, ...owner, block, 'type') !== type) continue;
        // That metrics have a valueFrom at all is a rule of the CRD itself.
        if (block === 'metricsConfig' && !hasField(body, ...owner, block, 'valueFrom')) continue;
        const missing = ['name', 'key'].find((field) => !hasField(body, ...owner, block, 'valueFrom', 'configMapKeyRef', field));
        if (missing === undefined) continue;
        yield {
          path: [...owner, block, 'valueFrom', 'configMapKeyRef', missing],
          message: `${block} of type ${type} misses the ${missing} in valueFrom.configMapKeyRef`,
        };
      }
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    metricsConfig:
      type: jmxPrometheusExporter
      valueFrom: {configMapKeyRef: {name: kafka-metrics, key: kafka-metrics-config.yml}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    metricsConfig:
      type: jmxPrometheusExporter
      valueFrom: {configMapKeyRef: {name: kafka-metrics}}
`,
};
