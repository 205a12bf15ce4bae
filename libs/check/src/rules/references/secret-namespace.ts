import { KAFKA, USER } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { nameOf, type Subject } from '../../subject.js';
import { isTogether, type Universe } from '../../universe.js';
import { takesFromElsewhere } from './made-elsewhere.js';
import { READERS, configReferences } from './pods.js';
import { readable, secretsNamed, type MadeSecret } from './secrets-made.js';

export const secretNamespace: ReferenceRule = {
  id: 'references/secret-namespace',
  severity: 'error',
  title: 'A Secret that is read is made in the namespace of who reads it',
  source: 'R71; Kubernetes API, SecretKeySelector and SecretVolumeSource: a Secret is named without a namespace',
  consequence: 'The pods wait in CreateContainerConfigError or ContainerCreating: a pod reads Secrets of its own namespace only.',
  fix: 'Make the Secret in this namespace too, for example by an ExternalSecret with a SecretStore that reads the other namespace.',
  reach: 'references',
  on: READERS,
  *check(subject, universe) {
    if (subject.namespace === undefined) return;
    const told = new Set<string>();
    for (const { kind, name, path, optional } of configReferences(subject)) {
      if (kind !== 'Secret' || optional || told.has(name)) continue;
      const secrets = secretsNamed(name, subject, universe);
      if (secrets.length === 0 || readable(secrets, subject).length > 0) continue;
      const [maker] = secrets.filter((secret) => isMeant(secret, subject, universe));
      if (maker === undefined) continue;
      told.add(name);
      yield {
        path,
        message: `Secret ${name} is read in namespace ${subject.namespace}, but made only in namespace ${maker.namespace ?? ''}, by ${nameOf(maker.maker)}`,
        // Somebody may copy it, or make one of that name, where this run does not look.
        ...(universe.isComplete(subject) && !takesFromElsewhere(subject, universe) ? {} : { severity: 'warning' as const }),
      };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: order-processor, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {authentication: {type: scram-sha-512}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: order-processor, namespace: flink}
spec:
  secretStoreRef: {kind: SecretStore, name: kafka-users}
  dataFrom: [{extract: {key: order-processor}}]
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  podTemplate:
    spec:
      containers:
        - name: flink-main-container
          env:
            - name: KAFKA_PASSWORD
              valueFrom: {secretKeyRef: {name: order-processor, key: password}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: order-processor, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {authentication: {type: scram-sha-512}}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  podTemplate:
    spec:
      containers:
        - name: flink-main-container
          env:
            - name: KAFKA_PASSWORD
              valueFrom: {secretKeyRef: {name: order-processor, key: password}}
`,
};

/**
 * Whether a Secret elsewhere is the one that is meant, and not another of a common name: Kafka's own, or one that is read by a
 * streaming job. A Deployment's `database` may well be made by hand in its namespace and by Git in another.
 */
function isMeant({ maker }: MadeSecret, reader: Subject, universe: Universe): boolean {
  if (maker.groupKind === USER || maker.groupKind === KAFKA || universe.isComplete(reader)) return true;
  return isTogether(maker.origin, reader.origin) || reader.group === 'flink.apache.org' || reader.group === 'kafka.strimzi.io';
}
