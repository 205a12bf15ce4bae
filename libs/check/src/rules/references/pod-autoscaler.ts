import { textAt } from '../../field.js';
import { FLINK_DEPLOYMENT } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';

export const podAutoscaler: ReferenceRule = {
  id: 'references/pod-autoscaler',
  severity: 'warning',
  title: 'A HorizontalPodAutoscaler scales a Flink cluster in standalone mode only',
  source: 'R40; flink-kubernetes-operator, TaskManagerSpec.java (replicas: a change is a scaling in standalone mode, an upgrade in native mode)',
  consequence:
    'In native mode Flink asks Kubernetes for TaskManagers itself. Every step of the autoscaler is a change of the spec: the job stops, with a savepoint or without, and starts again.',
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
    if (found.length === 0 || found.some(({ resource }) => textAt(resource.body, 'spec', 'mode') === 'standalone')) return;
    yield {
      path: [...at, 'name'],
      message: `the FlinkDeployment ${name} is in native mode, and this HorizontalPodAutoscaler changes its spec.taskManager.replicas`,
    };
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
