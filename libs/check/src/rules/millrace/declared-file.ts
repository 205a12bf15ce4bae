import type { ReportedRule } from '../../rule.js';

export const declaredFile: ReportedRule = {
  id: 'millrace/declared-file',
  severity: 'error',
  title: 'The declared files are valid and fit together',
  source: 'Millrace: the schemas of the declared files and the rules between them',
  consequence: 'Nothing can be generated: millrace sync and every command stop.',
  fix: 'Correct the place that the message names.',
  reach: 'reported',
  passes: {},
  fails: {
    'apps/order-processor/pipeline.yaml': `
pipeline: order-processor
team: nobody
`,
  },
};
