import { textAt } from '../../field.js';
import type { ReferenceRule } from '../../rule.js';
import { CLUSTERS } from './flink-spec.js';
import { hasHighAvailability } from './high-availability-mode.js';
import { underDefaults } from './operator-defaults.js';

export const highAvailability: ReferenceRule = {
  id: 'flink/high-availability',
  severity: 'warning',
  title: 'A job that keeps state finds it again after its JobManager is lost',
  source: 'R28; flink-kubernetes-operator documentation, "Job Lifecycle Management" (custom-resource/job-management)',
  consequence:
    'A new JobManager does not know the last checkpoint: the job starts again from where it was deployed, and records are lost or processed twice. The jobs of a session cluster are gone.',
  fix: 'Set `high-availability.type: kubernetes` and `high-availability.storageDir` to a directory that all pods reach, for example `s3://orders-prod/order-processor/ha`.',
  reach: 'references',
  on: CLUSTERS,
  check: (subject, universe) =>
    underDefaults(subject, universe, function* (flink) {
      if (hasHighAvailability(flink.settings)) return;
      const mode = textAt(flink.job, 'upgradeMode');
      // Who asks for stateless upgrades does not mind an empty start.
      if (mode === 'stateless') return;
      const checkpoints = flink.settings.option('execution.checkpointing.interval') ?? flink.settings.option('execution.checkpointing.dir');
      const reason =
        mode === 'last-state' ? 'job.upgradeMode is last-state' : checkpoints === undefined ? undefined : `checkpoints are configured (${checkpoints.key})`;
      if (reason === undefined) return;
      yield {
        path: [...flink.at, 'flinkConfiguration', 'high-availability.type'],
        message: `${reason}, but there is no high availability: after a lost JobManager the last checkpoint is not found`,
      };
    }),
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    execution.checkpointing.interval: 60s
    execution.checkpointing.dir: s3://orders-prod/order-processor/checkpoints
    high-availability.type: kubernetes
    high-availability.storageDir: s3://orders-prod/order-processor/ha
  job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", parallelism: 2, upgradeMode: last-state}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    execution.checkpointing.interval: 60s
    execution.checkpointing.dir: s3://orders-prod/order-processor/checkpoints
  job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", parallelism: 2, upgradeMode: last-state}
`,
};
