import type { ReferenceRule } from '../../rule.js';
import { CLUSTERS } from './flink-spec.js';
import { hasHighAvailability } from './high-availability-mode.js';
import { underDefaults } from './operator-defaults.js';

export const highAvailabilityStorage: ReferenceRule = {
  id: 'flink/high-availability-storage',
  severity: 'error',
  title: 'High availability has a directory',
  source: 'R28; Flink, HighAvailabilityServicesUtils.java and BlobUtils.java (high-availability.storageDir is mandatory)',
  consequence: 'The JobManager does not start: "Configuration is missing the mandatory parameter: high-availability.storageDir".',
  fix: 'Set `high-availability.storageDir` to a directory that all pods reach, for example `s3://orders-prod/order-processor/ha`.',
  reach: 'references',
  on: CLUSTERS,
  check: (subject, universe) =>
    underDefaults(subject, universe, function* ({ at, settings }) {
      if (!hasHighAvailability(settings) || settings.option('high-availability.storageDir')?.text.trim()) return;
      const type = settings.option('high-availability.type')?.text ?? '';
      yield {
        path: [...at, 'flinkConfiguration', 'high-availability.storageDir'],
        message: `high availability is on (${type}), but has no high-availability.storageDir`,
      };
    }),
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    high-availability.type: kubernetes
    high-availability.storageDir: s3://orders-prod/order-processor/ha
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    high-availability.type: kubernetes
`,
};
