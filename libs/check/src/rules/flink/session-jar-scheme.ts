import { textAt } from '../../field.js';
import { FLINK_SESSION_JOB } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ReferenceRule } from '../../rule.js';
import { operatorsOf } from '../operators/operators.js';
import { schemeOf } from './filesystems.js';

const PATH = ['spec', 'job', 'jarURI'];
const KEY = 'kubernetes.operator.user.artifacts.allowed-schemes';

export const sessionJarScheme: ReferenceRule = {
  id: 'flink/session-jar-scheme',
  severity: 'warning',
  title: "A session job's jar comes over https",
  source: 'R35; flink-kubernetes-operator 1.15, DefaultValidator.java (validateJarURI), KubernetesOperatorConfigOptions.java (JAR_URI_ALLOWED_SCHEMES)',
  consequence: `The operator takes https only since 1.15, unless its own configuration allows more in ${KEY}: it rejects the session job.`,
  fix: `Serve the jar over https, or set ${KEY} in the operator's own configuration.`,
  reach: 'references',
  on: [FLINK_SESSION_JOB],
  *check({ resource }, universe) {
    const uri = textAt(resource.body, ...PATH);
    const scheme = uri === undefined || isSubstituted(uri) ? undefined : schemeOf(uri);
    // A file of a container: see flink/session-jar-location.
    if (scheme === undefined || scheme === 'https' || scheme === 'local' || scheme === 'file') return;
    // An operator of this run that allows it may be the one: environments can share a cluster.
    if (operatorsOf(universe).some(({ schemes = [] }) => schemes.includes(scheme.toLowerCase()))) return;
    yield { path: PATH, message: `the operator's default is to fetch session jars over https only, not over ${scheme}` };
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
  job: {jarURI: "s3://orders-dev/jars/order-processor-1.4.2.jar", parallelism: 2, upgradeMode: stateless}
`,
};
