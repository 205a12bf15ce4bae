import type { ReferenceRule } from '../../rule.js';
import { readsOfOwn } from './made-elsewhere.js';
import { READERS } from './pods.js';
import { secretsNamed } from './secrets-made.js';

export const secretMade: ReferenceRule = {
  id: 'references/secret-made',
  severity: 'warning',
  title: 'In an environment that is checked as a whole, something makes each Secret that is read',
  source: 'R71; Kubernetes, kubelet: a container with a Secret that is not there does not start',
  consequence: 'Unless somebody makes it by hand, the pods wait in CreateContainerConfigError or ContainerCreating; in a new cluster they always do.',
  fix: 'Correct the name, or add what makes the Secret: an ExternalSecret, a KafkaUser, a Certificate. Mark what may be missing with `optional: true`.',
  reach: 'references',
  on: READERS,
  *check(subject, universe) {
    for (const { name, path } of readsOfOwn(subject, 'Secret', universe)) {
      // Of one that is made elsewhere, see references/secret-namespace.
      if (secretsNamed(name, subject, universe).length > 0) continue;
      yield {
        path,
        message: `nothing in ${subject.scope} makes the Secret ${name}${subject.namespace === undefined ? '' : ` in namespace ${subject.namespace}`}`,
      };
    }
  },
  passes: example('order-processor'),
  fails: example('orders-processor'),
};

function example(secret: string): Record<string, string> {
  return {
    'environments/prod/users.yaml': `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: order-processor, namespace: flink}
spec:
  secretStoreRef: {kind: SecretStore, name: kafka-users}
  dataFrom: [{extract: {key: order-processor}}]
`,
    'environments/prod/job.yaml': `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  podTemplate:
    spec:
      containers:
        - name: flink-main-container
          env: [{name: KAFKA_PASSWORD, valueFrom: {secretKeyRef: {name: ${secret}, key: password}}}]
`,
  };
}
