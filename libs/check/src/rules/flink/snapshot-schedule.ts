import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';
import { flinkSpecOf, JOBS } from './flink-spec.js';
import { isDuration, isQuartzCron } from './value-formats.js';

const keys: readonly string[] = ['kubernetes.operator.periodic.savepoint.interval', 'kubernetes.operator.periodic.checkpoint.interval'];

export const snapshotSchedule: ResourceRule = {
  id: 'flink/snapshot-schedule',
  severity: 'error',
  title: 'The schedule of periodic snapshots is a duration or a Quartz cron expression',
  source: 'R38; flink-kubernetes-operator, SnapshotUtils.java (shouldTriggerAutomaticSnapshot)',
  consequence: 'The operator logs a warning and takes no snapshot, ever.',
  fix: 'Write a duration (`6h`), or a cron expression with seconds first: `0 0 3 * * ?` is every night at three.',
  reach: 'resource',
  on: JOBS,
  *check(subject) {
    const settings = flinkSpecOf(subject)?.settings;
    for (const key of keys) {
      const setting = settings?.key(key);
      const text = setting?.text.trim();
      if (setting === undefined || !text || isSubstituted(text) || isDuration(text) || isQuartzCron(text)) continue;
      const isUnixCron = text.split(/\s+/).length === 5;
      yield {
        path: setting.path,
        message: `${key} is neither a duration nor a Quartz cron expression: ${text}`,
        ...(isUnixCron ? { fix: `Put the seconds before it: \`0 ${text.replace(/\*$/, '?')}\`.` } : {}),
      };
    }
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {kubernetes.operator.periodic.savepoint.interval: 0 0 3 * * ?}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {kubernetes.operator.periodic.savepoint.interval: 0 3 * * *}
`,
};
