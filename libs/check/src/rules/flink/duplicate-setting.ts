import { formatPath } from '../../field.js';
import type { ResourceRule } from '../../rule.js';
import { flinkSpecOf, JOBS } from './flink-spec.js';
import { isAtLeast } from './flink-version.js';
import { renamed } from './option-names.js';
import type { Setting } from './settings.js';

export const duplicateSetting: ResourceRule = {
  id: 'flink/duplicate-setting',
  severity: 'error',
  title: 'An option is set once, in one spelling',
  source: 'R31; flink-kubernetes-operator, ConfigObjectNode.java (asFlatMap); Flink, ConfigOption.java (a present name wins over a former one)',
  consequence: 'Only one of the values counts, and the other is dropped without a word.',
  fix: 'Keep one of them, under the present name of the option.',
  reach: 'resource',
  on: JOBS,
  *check(subject) {
    const first = new Map<string, Setting>();
    const flink = flinkSpecOf(subject);
    for (const setting of flink?.settings.all ?? []) {
      const present = renamed(setting.key);
      // A Flink that does not know the present name reads the former one only.
      const isKnown = present !== undefined && (flink?.version === undefined || isAtLeast(flink.version, ...present.since));
      const option = isKnown ? present.name : setting.key;
      const other = first.get(option);
      if (other === undefined) first.set(option, setting);
      else if (other.text !== setting.text) {
        const former = setting.key === option ? other : setting;
        const message =
          other.key === setting.key
            ? `${setting.key} is set twice, nested and with dots, to ${other.text} and ${setting.text} (also at ${formatPath(other.path)})`
            : `${other.key}: ${other.text} and ${setting.key}: ${setting.text} are the same option`;
        yield { path: other.key === setting.key ? setting.path : former.path, message };
      }
    }
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v1_20
  flinkConfiguration:
    execution.checkpointing.dir: s3://orders-prod/order-processor/checkpoints
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v1_20
  flinkConfiguration:
    state.checkpoints.dir: s3://orders-prod/old/checkpoints
    execution.checkpointing.dir: s3://orders-prod/order-processor/checkpoints
`,
};
