import type { ReportedRule } from '../../rule.js';

export const unknownRule: ReportedRule = {
  id: 'settings/unknown-rule',
  severity: 'error',
  title: 'The rules that millrace.yaml names exist',
  source: 'Millrace: rules in millrace.yaml',
  consequence: 'The setting does nothing.',
  fix: 'Correct the id: docs/rules.md has all.',
  reach: 'reported',
  passes: {
    'millrace.yaml': `
rules:
  strimzi/cluster-label: {severity: warning}
`,
  },
  fails: {
    'millrace.yaml': `
rules:
  strimzi/cluster-labels: {severity: warning}
`,
  },
};
