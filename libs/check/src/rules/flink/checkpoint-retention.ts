import type { ReferenceRule } from '../../rule.js';
import { textAt } from '../../field.js';
import { CLUSTERS } from './flink-spec.js';
import { underDefaults } from './operator-defaults.js';

const RETENTION = 'execution.checkpointing.externalized-checkpoint-retention';

export const checkpointRetention: ReferenceRule = {
  id: 'flink/checkpoint-retention',
  severity: 'warning',
  title: 'Checkpoints of a job that keeps state stay when it is cancelled',
  source:
    'R37; flink-kubernetes-operator, FlinkConfigBuilder.java (RETAIN_ON_CANCELLATION unless a resource says otherwise); Flink, ExternalizedCheckpointRetention.java',
  consequence: 'A job that is deleted or cancelled takes its last checkpoint along: unless somebody made a savepoint before, its state is gone.',
  fix: `Remove ${RETENTION}: the operator keeps checkpoints by default.`,
  reach: 'references',
  on: CLUSTERS,
  check: (subject, universe) =>
    underDefaults(subject, universe, function* ({ job, settings }) {
      const setting = settings.option(RETENTION);
      const mode = textAt(job, 'upgradeMode');
      if (setting === undefined || (mode !== 'savepoint' && mode !== 'last-state')) return;
      if (!/^(?:DELETE_ON_CANCELLATION|NO_EXTERNALIZED_CHECKPOINTS)$/i.test(setting.text.trim())) return;
      yield { path: setting.path, message: `${RETENTION} is ${setting.text}, and job.upgradeMode ${mode} means to keep the state` };
    }),
  passes: example('RETAIN_ON_CANCELLATION'),
  fails: example('DELETE_ON_CANCELLATION'),
};

function example(retention: string): string {
  return `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {execution.checkpointing.externalized-checkpoint-retention: ${retention}}
  job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", parallelism: 2, upgradeMode: savepoint}
`;
}
