import type { ReportedRule } from '../../rule.js';

export const editedFile: ReportedRule = {
  id: 'millrace/edited-file',
  severity: 'error',
  title: 'Nobody edits generated files',
  source: 'Millrace: the checksum in the first lines of every generated file',
  consequence: 'The next millrace sync stops here; until then the edit is deployed, and nothing says why it is there.',
  fix: 'Move the edit into the declared file or a patch, then run millrace sync --discard with the path.',
  reach: 'reported',
  passes: {},
  fails: {
    'environments/prod/kafka/kafka.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster}
`,
  },
};
