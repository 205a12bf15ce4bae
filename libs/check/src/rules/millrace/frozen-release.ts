import type { ReportedRule } from '../../rule.js';

export const frozenRelease: ReportedRule = {
  id: 'millrace/frozen-release',
  severity: 'error',
  title: 'Releases stay as they were cut',
  source: 'Millrace: the checksums in release.yaml',
  consequence: 'What runs is not what was promoted, and no rollback leads back to it.',
  fix: 'Restore the release from git, or cut a new one (millrace promote).',
  reach: 'reported',
  passes: {},
  fails: {
    'apps/order-processor/releases/1.0.0/kafka/topic-orders.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders}
`,
  },
};
