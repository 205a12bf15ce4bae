import type { ResourceRule } from '../../rule.js';
import { autoscaler } from './autoscaler-options.js';
import { flinkSpecOf, JOBS } from './flink-spec.js';

export const autoscalerLimits: ResourceRule = {
  id: 'flink/autoscaler-limits',
  severity: 'warning',
  title: 'The limits of the autoscaler are limits that it can reach',
  source: 'R40, R84; flink-kubernetes-operator, JobVertexScaler.java (scale), AutoScalerOptions.java (VERTEX_MAX_PARALLELISM)',
  consequence:
    'The operator goes by the smaller of the two without a word: the job stops growing long before the limit that is written, and its backlog does not.',
  fix: 'Lower job.autoscaler.vertex.max-parallelism to pipeline.max-parallelism at most. A job without state may raise that instead; with state it is fixed.',
  reach: 'resource',
  on: JOBS,
  *check(subject) {
    const settings = flinkSpecOf(subject)?.settings;
    if (settings === undefined || autoscaler(settings, 'enabled')?.text.toLowerCase() !== 'true') return;
    const most = autoscaler(settings, 'vertex.max-parallelism');
    const least = autoscaler(settings, 'vertex.min-parallelism');
    const job = Number(settings.key('pipeline.max-parallelism')?.text);
    if (most !== undefined && job > 0 && Number(most.text) > job) {
      yield { path: most.path, message: `${most.key} is ${most.text}, and no part of the job can have more than its pipeline.max-parallelism of ${job}` };
    }
    if (least !== undefined && most !== undefined && Number(least.text) > Number(most.text)) {
      yield {
        path: least.path,
        message: `${least.key} is ${least.text}, more than ${most.key}, which is ${most.text}`,
        fix: 'Write the smaller number as the minimum.',
      };
    }
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    job.autoscaler.enabled: "true"
    job.autoscaler.vertex.max-parallelism: "60"
    pipeline.max-parallelism: "120"
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    job.autoscaler.enabled: "true"
    job.autoscaler.vertex.max-parallelism: "240"
    pipeline.max-parallelism: "120"
`,
};
