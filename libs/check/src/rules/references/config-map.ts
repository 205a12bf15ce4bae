import { mapAt } from '../../field.js';
import { CONFIG_MAP } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import type { ReferenceRule } from '../../rule.js';
import { agrees, sourceOf } from '../../universe.js';
import { READERS, configReferences } from './pods.js';

export const configMap: ReferenceRule = {
  id: 'references/config-map',
  severity: 'error',
  title: 'A ConfigMap that is read stands in the namespace of who reads it, with the key that is read',
  source: 'R19; Kubernetes API, ConfigMapKeySelector; strimzi-kafka-operator, MetricsUtils and ConfigMapKeySelector of metricsConfig',
  consequence: 'Pods wait in CreateContainerConfigError or ContainerCreating; a Kafka with such a metricsConfig is not reconciled at all.',
  fix: 'Name a ConfigMap of this namespace and a key that it has.',
  reach: 'references',
  on: READERS,
  *check(subject, universe) {
    if (subject.namespace === undefined) return;
    const told = new Set<string>();
    for (const { kind, name, path, key, optional } of configReferences(subject)) {
      if (kind !== CONFIG_MAP || optional) continue;
      const here = universe.named(subject, CONFIG_MAP, name);
      if (here.length > 0) {
        const keys = here.map(({ resource }) => [...Object.keys(mapAt(resource.body, 'data')), ...Object.keys(mapAt(resource.body, 'binaryData'))]);
        // One that is empty in Git is filled in the cluster.
        if (key === undefined || keys.some((known) => known.length === 0 || known.includes(key.name))) continue;
        yield { path: key.path, message: `ConfigMap ${name} has no key ${key.name}; it has ${(keys[0] ?? []).join(', ')}` };
        continue;
      }
      if (told.has(name)) continue;
      // Only what is built together: a ConfigMap of a common name elsewhere says nothing of this namespace.
      const source = sourceOf(subject.origin);
      const keys = [`${source}\nname ${name}`, ...(key === undefined ? [] : [`${source}\nkey ${key.name}`])];
      const other = bySource(universe).first(keys, (map) =>
        agrees(map.namespace, subject.namespace)
          ? key !== undefined && Object.hasOwn(mapAt(map.resource.body, 'data'), key.name) && !map.resource.name.startsWith(`${name}-`)
          : map.resource.name === name,
      );
      if (other === undefined) continue;
      told.add(name);
      yield {
        path,
        message:
          other.resource.name === name
            ? `ConfigMap ${name} is read in namespace ${subject.namespace}, but stands in namespace ${other.namespace ?? ''}`
            : `there is no ConfigMap ${name} in namespace ${subject.namespace}; the key ${key?.name ?? ''} is in ${other.resource.name}`,
      };
    }
  },
  passes: `
apiVersion: v1
kind: ConfigMap
metadata: {name: kafka-metrics, namespace: kafka}
data: {kafka-metrics-config.yml: 'lowercaseOutputName: true'}
---
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
apiVersion: v1
kind: ConfigMap
metadata: {name: kafka-metrics, namespace: monitoring}
data: {kafka-metrics-config.yml: 'lowercaseOutputName: true'}
---
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    metricsConfig:
      type: jmxPrometheusExporter
      valueFrom: {configMapKeyRef: {name: kafka-metrics, key: kafka-metrics-config.yml}}
`,
};

/** ConfigMaps by what they are built with, and their names and keys. */
const bySource = oncePerUniverse(
  (universe) =>
    new OrderedIndex(universe.of(CONFIG_MAP), ({ origin, resource }) => {
      const keys = Object.keys(mapAt(resource.body, 'data')).map((key) => `key ${key}`);
      return [`name ${resource.name}`, ...keys].map((text) => `${sourceOf(origin)}\n${text}`);
    }),
);
