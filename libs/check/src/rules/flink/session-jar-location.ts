import { textAt } from '../../field.js';
import { FLINK_SESSION_JOB } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';
import { schemeOf } from './filesystems.js';

const PATH = ['spec', 'job', 'jarURI'];

export const sessionJarLocation: ResourceRule = {
  id: 'flink/session-jar-location',
  severity: 'error',
  title: "A session job's jar is not a file of a container",
  source: 'R35; flink-kubernetes-operator, ArtifactManager.java (the operator fetches the jar), DefaultValidator.java (validateJarURI)',
  consequence:
    "The operator fetches the jar and uploads it. A path is one in the operator's own container to it, and local:// is no file system that it knows.",
  fix: 'Publish the jar where the operator can fetch it, and write an https URI: `jarURI: https://repo.example.com/jars/order-processor-1.4.2.jar`.',
  reach: 'resource',
  on: [FLINK_SESSION_JOB],
  *check({ resource }) {
    const uri = textAt(resource.body, ...PATH);
    if (uri === undefined || isSubstituted(uri)) return;
    const scheme = schemeOf(uri);
    if (scheme === 'local' || scheme === 'file' || uri.startsWith('/')) {
      yield { path: PATH, message: `the operator fetches the jar of a session job, and cannot fetch ${uri}` };
    }
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: order-processor, namespace: flink}
spec:
  deploymentName: orders-session
  job: {jarURI: "https://repo.example.com/jars/order-processor-1.4.2.jar", parallelism: 2, upgradeMode: stateless}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: order-processor, namespace: flink}
spec:
  deploymentName: orders-session
  job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", parallelism: 2, upgradeMode: stateless}
`,
};
