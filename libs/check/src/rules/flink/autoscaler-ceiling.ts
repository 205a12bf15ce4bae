import type { ReferenceRule } from '../../rule.js';
import { autoscaler } from './autoscaler-options.js';
import { CLUSTERS } from './flink-spec.js';
import { underDefaults } from './operator-defaults.js';

const KEY = 'pipeline.max-parallelism';

export const autoscalerCeiling: ReferenceRule = {
  id: 'flink/autoscaler-ceiling',
  severity: 'warning',
  title: 'A job that is scaled by itself says how far',
  source:
    'R40, R84; flink-kubernetes-operator documentation, "Autoscaler" (pipeline.max-parallelism); Flink, KeyGroupRangeAssignment.java (computeDefaultMaxParallelism: from the parallelism that the job first has, at least 128)',
  consequence:
    'The state keeps the maximum that Flink works out of the first parallelism: the autoscaler stops there, and most of the steps before it do not divide it, so some subtasks have more to do than others. Changed later, the state cannot be read.',
  fix: `Write \`${KEY}: "720"\` or another number with many divisors, above what the job will ever need, before it first has state.`,
  reach: 'references',
  on: CLUSTERS,
  check: (subject, universe) =>
    underDefaults(subject, universe, function* ({ at, job, settings }) {
      const enabled = autoscaler(settings, 'enabled');
      if (job === undefined || enabled?.text.toLowerCase() !== 'true' || settings.key(KEY) !== undefined) return;
      yield { path: [...at, 'flinkConfiguration', KEY], message: `${enabled.key} is on, and ${KEY} is not set` };
    }),
  passes: example('job.autoscaler.enabled: "true", pipeline.max-parallelism: "720"'),
  fails: example('job.autoscaler.enabled: "true"'),
};

function example(settings: string): string {
  return `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {${settings}}
  job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", parallelism: 2, upgradeMode: savepoint}
`;
}
