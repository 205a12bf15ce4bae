import type { ResourceRule } from '../../rule.js';
import { autoscaler } from './autoscaler-options.js';
import { flinkSpecOf, JOBS } from './flink-spec.js';

const KEY = 'pipeline.jobvertex-parallelism-overrides';

export const parallelismOverrides: ResourceRule = {
  id: 'flink/parallelism-overrides',
  severity: 'warning',
  title: 'The parallelism that the autoscaler finds is not in Git too',
  source: 'R40; flink-kubernetes-operator documentation, "Autoscaler" (custom-resource/autoscaler)',
  consequence:
    'The operator keeps its own overrides and applies them over these: the values in Git say nothing of what runs, and are wrong on the day the autoscaler is turned off.',
  fix: `Remove ${KEY}; bound the autoscaler with job.autoscaler.vertex.min-parallelism and job.autoscaler.vertex.max-parallelism.`,
  reach: 'resource',
  on: JOBS,
  *check(subject) {
    const settings = flinkSpecOf(subject)?.settings;
    const overrides = settings?.key(KEY);
    if (settings === undefined || overrides === undefined || autoscaler(settings, 'enabled')?.text.toLowerCase() !== 'true') return;
    yield { path: overrides.path, message: `the autoscaler is on, and ${KEY} is set as well` };
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {job.autoscaler.enabled: "true", pipeline.max-parallelism: "120"}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    job.autoscaler.enabled: "true"
    pipeline.jobvertex-parallelism-overrides: "cbc357ccb763df2852fee8c4fc7d55f2:4"
`,
};
