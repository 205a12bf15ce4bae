import { fieldAt } from '../../field.js';
import type { ReferenceRule } from '../../rule.js';
import { CLUSTERS } from '../flink/flink-spec.js';
import { podKinds, podsOf } from '../pods.js';
import { baselineOffences, enforcedLevel } from './pod-security.js';

export const nodeAccess: ReferenceRule = {
  id: 'security/node-access',
  severity: 'warning',
  title: 'Pods have no power over their node',
  source: 'R81; Kubernetes documentation, "Pod Security Standards" (baseline)',
  consequence: 'Who gets into the container gets the node and every pod on it; a Flink job is code that somebody submits.',
  fix: 'Remove the setting; use a volume claim in the place of hostPath, a Service in the place of hostNetwork and hostPort.',
  reach: 'references',
  // A DaemonSet is there to look after nodes.
  on: podKinds.filter((kind) => kind !== 'apps/DaemonSet'),
  *check(subject, universe) {
    // Where the namespace refuses it, that is the finding.
    if (subject.namespace === 'kube-system' || enforcedLevel(subject, universe) !== undefined) return;
    for (const pod of podsOf(subject)) {
      yield* baselineOffences(pod);
      if (CLUSTERS.includes(subject.groupKind) && [0, 0n].some((root) => fieldAt(pod.spec, 'securityContext', 'runAsUser') === root)) {
        yield { path: [...pod.path, 'securityContext', 'runAsUser'], message: 'the pods run as root' };
      }
    }
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  podTemplate:
    spec:
      containers: [{name: flink-main-container}]
      volumes: [{name: scratch, emptyDir: {}}]
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  podTemplate:
    spec:
      containers: [{name: flink-main-container, securityContext: {privileged: true}}]
`,
};
