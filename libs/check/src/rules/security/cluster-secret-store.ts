import { listAt } from '../../field.js';
import { CLUSTER_SECRET_STORE } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { hasKafka, remoteNamespace } from './secret-stores.js';

export const clusterSecretStore: ReferenceRule = {
  id: 'security/cluster-secret-store',
  severity: 'warning',
  title: 'A store over the namespace of Kafka serves named namespaces only',
  source: 'R67; external-secrets, apis/externalsecrets/v1/secretstore_types.go (conditions)',
  consequence: 'Whoever may make an ExternalSecret, in any namespace, gets the credentials of any Kafka user that the store may read.',
  fix: 'Use a SecretStore in the namespace of each team, with a service account of its own; or name the namespaces under spec.conditions.',
  reach: 'references',
  on: [CLUSTER_SECRET_STORE],
  *check(subject, universe) {
    const namespace = remoteNamespace(subject);
    if (namespace === undefined || listAt(subject.resource.body, 'spec', 'conditions').length > 0) return;
    if (!hasKafka(namespace, subject, universe) && !/kafka|strimzi/.test(namespace)) return;
    yield { path: ['spec', 'conditions'], message: `every namespace may read Secrets of namespace ${namespace} through this store` };
  },
  passes: `
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: {name: kafka-users}
spec:
  conditions: [{namespaces: [flink]}]
  provider: {kubernetes: {remoteNamespace: kafka, auth: {serviceAccount: {name: reader, namespace: kafka}}}}
`,
  fails: `
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: {name: kafka-users}
spec:
  provider: {kubernetes: {remoteNamespace: kafka, auth: {serviceAccount: {name: reader, namespace: kafka}}}}
`,
};
