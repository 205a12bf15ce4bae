import type { ReferenceRule } from '../../rule.js';
import { nameOf } from '../../subject.js';
import { READERS, configReferences } from './pods.js';
import { readable, secretsNamed } from './secrets-made.js';

export const secretKey: ReferenceRule = {
  id: 'references/secret-key',
  severity: 'error',
  title: 'A key that is read of a Secret is one that the Secret has',
  source: 'R71; strimzi-kafka-operator, KafkaUserModel.java (generateSecret)',
  consequence: 'The pods wait in CreateContainerConfigError or ContainerCreating: a Secret without the key is as good as none.',
  fix: 'Write a key that the Secret has. A SCRAM user has password and sasl.jaas.config, a TLS user has ca.crt, user.crt, user.key, user.p12 and user.password.',
  reach: 'references',
  on: READERS,
  *check(subject, universe) {
    for (const { kind, name, key, optional } of configReferences(subject)) {
      if (kind !== 'Secret' || key === undefined || optional) continue;
      const secrets = readable(secretsNamed(name, subject, universe), subject);
      const keys = secrets.map((secret) => secret.keys);
      const [first] = secrets;
      if (first?.keys === undefined || keys.some((known) => known === undefined || known.has(key.name))) continue;
      yield { path: key.path, message: `Secret ${name} has no key ${key.name}; ${nameOf(first.maker)} gives it ${[...first.keys].join(', ')}` };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: connect, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {authentication: {type: scram-sha-512}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaConnect
metadata: {name: connect, namespace: kafka}
spec:
  authentication: {type: scram-sha-512, username: connect, passwordSecret: {secretName: connect, password: password}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: connect, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {authentication: {type: tls}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaConnect
metadata: {name: connect, namespace: kafka}
spec:
  authentication: {type: scram-sha-512, username: connect, passwordSecret: {secretName: connect, password: password}}
`,
};
