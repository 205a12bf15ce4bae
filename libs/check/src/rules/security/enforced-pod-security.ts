import type { ReferenceRule } from '../../rule.js';
import { podKinds, podsOf } from '../pods.js';
import { baselineOffences, enforcedLevel, restrictedOffences } from './pod-security.js';

export const enforcedPodSecurity: ReferenceRule = {
  id: 'security/enforced-pod-security',
  severity: 'error',
  title: 'Pods keep to the Pod Security Standard that their namespace enforces',
  source: 'R81; Kubernetes documentation, "Pod Security Standards"; Flink sets no securityContext by itself (decorators of flink-kubernetes)',
  consequence: 'The API server refuses the pods: the Deployment is there, and nothing runs.',
  fix: 'Set in the securityContext of the pod runAsNonRoot: true and seccompProfile: {type: RuntimeDefault}, and in that of each container allowPrivilegeEscalation: false and capabilities: {drop: [ALL]}.',
  reach: 'references',
  on: podKinds,
  *check(subject, universe) {
    const level = enforcedLevel(subject, universe);
    if (level === undefined) return;
    const refused = [...[...podsOf(subject)].flatMap((pod) => [...baselineOffences(pod)]), ...(level === 'restricted' ? restrictedOffences(subject) : [])];
    for (const { path, message } of refused) {
      yield { path, message: `namespace ${subject.namespace ?? ''} enforces "${level}", but ${message}` };
    }
  },
  passes: `
apiVersion: v1
kind: Namespace
metadata: {name: flink, labels: {pod-security.kubernetes.io/enforce: restricted}}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  podTemplate:
    spec:
      securityContext: {runAsNonRoot: true, runAsUser: 9999, fsGroup: 9999, seccompProfile: {type: RuntimeDefault}}
      containers:
        - name: flink-main-container
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
`,
  fails: `
apiVersion: v1
kind: Namespace
metadata: {name: flink, labels: {pod-security.kubernetes.io/enforce: restricted}}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  podTemplate:
    spec:
      containers: [{name: flink-main-container}]
`,
};
