import type { ReportedRule } from '../../rule.js';

export const staleFile: ReportedRule = {
  id: 'millrace/stale-file',
  severity: 'error',
  title: 'Generated files are what the declared files give',
  source: 'Millrace: sync',
  consequence: 'The cluster runs what was declared before, not what is declared now.',
  fix: 'Run millrace sync and commit what it writes.',
  reach: 'reported',
  passes: {},
  fails: {
    'environments/prod/pipelines/order-processor/placement.yaml': `
release: "1.0.0"
jobs:
  order-processor: {parallelism: 4}
`,
  },
};
