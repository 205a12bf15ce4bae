import { isCredentialStandIn } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';
import { flinkSpecOf, JOBS } from '../flink/flink-spec.js';

/** Settings of Flink's file systems that are a credential. The id of an access key is none. */
const SECRET_KEY =
  /^(?:(?:presto\.|hive\.|flink\.hadoop\.fs\.|fs\.)?s3a?\.(?:secret[-.]key|session[-.]token)|fs\.oss\.(?:accessKeySecret|securityToken)|fs\.azure\.(?:account\.key|account\.oauth2\.client\.secret|sas)(?:\..+)?)$/;

export const objectStorageKey: ResourceRule = {
  id: 'security/object-storage-key',
  severity: 'error',
  title: 'The key of the object storage is not in flinkConfiguration',
  source: 'R46, R47; Flink documentation, "Amazon S3" (Configure Access Credentials)',
  consequence: 'The key is in Git, in the resource, in a ConfigMap and in the audit log; whoever has it reads and deletes checkpoints and savepoints.',
  fix: 'Replace the key, and let the service account of the pods have access (IRSA, Workload Identity), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the podTemplate by secretKeyRef.',
  reach: 'resource',
  on: JOBS,
  *check(subject) {
    for (const { key, text, path } of flinkSpecOf(subject)?.settings.all ?? []) {
      if (SECRET_KEY.test(key) && text !== '' && !isCredentialStandIn(text)) yield { path, message: `${key} is written out` };
    }
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor}
spec: {flinkConfiguration: {s3.endpoint: "https://s3.example.com"}}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor}
spec: {flinkConfiguration: {s3.access-key: orders, s3.secret-key: not-so-secret}}
`,
};
