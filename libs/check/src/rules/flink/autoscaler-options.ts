import { isSubstituted } from '../../placeholder.js';
import type { Offence, ResourceRule } from '../../rule.js';
import { flinkSpecOf, JOBS } from './flink-spec.js';
import type { Settings } from './settings.js';

export const autoscalerOptions: ResourceRule = {
  id: 'flink/autoscaler-options',
  severity: 'error',
  title: 'The options of the autoscaler are in their ranges',
  source: 'R40; flink-kubernetes-operator, AutoscalerValidator.java',
  consequence: 'The operator rejects the resource.',
  fix: 'Choose a value in the range: utilizations are fractions from 0 to 1, the minimum at most the target, the maximum at least the target.',
  reach: 'resource',
  on: JOBS,
  *check(subject) {
    const settings = flinkSpecOf(subject)?.settings;
    if (settings === undefined || autoscaler(settings, 'enabled')?.text.toLowerCase() !== 'true') return;
    const target = autoscaler(settings, 'utilization.target', 'target.utilization');
    const goal = Number(target?.text ?? '0.7');
    const aim = goal >= 0 && goal <= 1 ? goal : undefined;
    yield* within(settings, 0, Infinity, 'scale-down.max-factor');
    yield* within(settings, 0, Infinity, 'scale-up.max-factor');
    yield* within(settings, 0, 1, 'utilization.target', 'target.utilization');
    yield* within(settings, 0, Infinity, 'target.utilization.boundary');
    yield* within(settings, aim ?? 0, 1, 'utilization.max');
    yield* within(settings, 0, aim ?? 1, 'utilization.min');
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {job.autoscaler.enabled: "true", job.autoscaler.utilization.target: "0.6"}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {job.autoscaler.enabled: "true", job.autoscaler.utilization.target: "60"}
`,
};

/** A setting of the autoscaler, under its present or its first prefix. */
export function autoscaler(settings: Settings, ...names: readonly string[]) {
  return settings.key(...['job.autoscaler.', 'kubernetes.operator.job.autoscaler.'].flatMap((prefix) => names.map((name) => prefix + name)));
}

function* within(settings: Settings, least: number, most: number, ...names: readonly string[]): Generator<Offence> {
  const setting = autoscaler(settings, ...names);
  if (setting === undefined || isSubstituted(setting.text)) return;
  const number = Number(setting.text);
  if (setting.text.trim() !== '' && number >= least && number <= most) return;
  yield { path: setting.path, message: `${setting.key} must be ${most === Infinity ? `at least ${least}` : `from ${least} to ${most}`}, not ${setting.text}` };
}
