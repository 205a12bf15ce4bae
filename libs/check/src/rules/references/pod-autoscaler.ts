import { fieldAt, hasField, scalarText, textAt } from '../../field.js';
import { FLINK_DEPLOYMENT } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';

export const podAutoscaler: ReferenceRule = {
  id: 'references/pod-autoscaler',
  severity: 'warning',
  title: 'A HorizontalPodAutoscaler scales a Flink cluster in standalone mode only, and git does not say how many TaskManagers there are',
  source: 'R40; flink-kubernetes-operator, TaskManagerSpec.java (replicas: a change is a scaling in standalone mode, an upgrade in native mode)',
  consequence:
    'In native mode Flink asks Kubernetes for TaskManagers itself. Every step of the autoscaler is a change of the spec: the job stops, with a savepoint or without, and starts again. A number in git and the autoscaler overwrite each other.',
  fix: "Use the operator's own autoscaler (job.autoscaler.enabled), which knows how busy the job is; or write `mode: standalone` with `scheduler-mode: reactive`.",
  reach: 'references',
  on: ['autoscaling/HorizontalPodAutoscaler'],
  *check(subject, universe) {
    const { body } = subject.resource;
    const at = ['spec', 'scaleTargetRef'];
    const name = textAt(body, ...at, 'name');
    const group = textAt(body, ...at, 'apiVersion')?.split('/')[0];
    if (name === undefined || group !== 'flink.apache.org' || textAt(body, ...at, 'kind') !== 'FlinkDeployment') return;
    const found = universe.named(subject, FLINK_DEPLOYMENT, name);
    if (found.length === 0) return;
    const path = [...at, 'name'];
    const standalone = found.filter(({ resource }) => textAt(resource.body, 'spec', 'mode') === 'standalone');
    if (standalone.length === 0) {
      yield { path, message: `the FlinkDeployment ${name} is in native mode, and this HorizontalPodAutoscaler changes its spec.taskManager.replicas` };
    } else if (found.every(({ resource }) => hasField(resource.body, 'spec', 'taskManager', 'replicas'))) {
      const replicas = scalarText(fieldAt(standalone[0]?.resource.body, 'spec', 'taskManager', 'replicas')) ?? '';
      yield {
        path,
        message: `the FlinkDeployment ${name} says spec.taskManager.replicas: ${replicas}, which this HorizontalPodAutoscaler changes: every apply sets it back`,
        fix: 'Remove spec.taskManager.replicas from the FlinkDeployment, and give it job.parallelism; the operator takes what the autoscaler writes.',
      };
    }
  },
  passes: `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: order-processor, namespace: flink}
spec:
  maxReplicas: 8
  scaleTargetRef: {apiVersion: flink.apache.org/v1beta1, kind: FlinkDeployment, name: order-processor}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec: {flinkVersion: v2_2, mode: standalone}
`,
  fails: `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: order-processor, namespace: flink}
spec:
  maxReplicas: 8
  scaleTargetRef: {apiVersion: flink.apache.org/v1beta1, kind: FlinkDeployment, name: order-processor}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec: {flinkVersion: v2_2}
`,
};
