import { hasField, listAt, textAt } from '../../field.js';
import { CLUSTER_SECRET_STORE, EXTERNAL_SECRET, SECRET_STORE } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { hasKafka, remoteNamespace } from './secret-stores.js';

export const foundSecrets: ReferenceRule = {
  id: 'security/found-secrets',
  severity: 'warning',
  title: 'Secrets of the namespace of Kafka are read by name',
  source: 'R67; External Secrets documentation, "Kubernetes" provider (find needs to list all Secrets of the namespace)',
  consequence: 'The store needs the right to list every Secret there, which is to read them: every user, and the private keys of the authorities.',
  fix: 'Name each Secret in an entry of data, or by dataFrom with extract, and allow get on these names only.',
  reach: 'references',
  on: [EXTERNAL_SECRET],
  *check(subject, universe) {
    const { body } = subject.resource;
    for (const [index, source] of listAt(body, 'spec', 'dataFrom').entries()) {
      if (!hasField(source, 'find')) continue;
      const reference = hasField(source, 'sourceRef', 'storeRef')
        ? (['spec', 'dataFrom', index, 'sourceRef', 'storeRef'] as const)
        : (['spec', 'secretStoreRef'] as const);
      const name = textAt(body, ...reference, 'name') ?? '';
      const kind = textAt(body, ...reference, 'kind') === 'ClusterSecretStore' ? CLUSTER_SECRET_STORE : SECRET_STORE;
      const [store] = universe.named(subject, kind, name);
      const namespace = store === undefined ? undefined : remoteNamespace(store);
      if (namespace === undefined || (!hasKafka(namespace, subject, universe) && !/kafka|strimzi/.test(namespace))) continue;
      yield { path: ['spec', 'dataFrom', index, 'find'], message: `find lists every Secret of namespace ${namespace}` };
    }
  },
  passes: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: kafka-users, namespace: flink}
spec: {provider: {kubernetes: {remoteNamespace: kafka}}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: orders, namespace: flink}
spec:
  secretStoreRef: {kind: SecretStore, name: kafka-users}
  dataFrom: [{extract: {key: orders}}]
`,
  fails: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: kafka-users, namespace: flink}
spec: {provider: {kubernetes: {remoteNamespace: kafka}}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: orders, namespace: flink}
spec:
  secretStoreRef: {kind: SecretStore, name: kafka-users}
  dataFrom: [{find: {name: {regexp: "orders.*"}}}]
`,
};
