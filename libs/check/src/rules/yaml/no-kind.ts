import type { ReportedRule } from '../../rule.js';

export const noKind: ReportedRule = {
  id: 'yaml/no-kind',
  severity: 'error',
  title: 'Every document of a file of resources says which resource it is',
  source: "Kubernetes, apimachinery's decoding of apiVersion and kind: \"Object 'Kind' is missing\"",
  consequence: 'Neither kubectl nor Argo CD takes the file, with all that is in it.',
  fix: 'Write apiVersion and kind, in this spelling; or take the document out of the file.',
  reach: 'reported',
  passes: `
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
`,
  fails: `
apiVersion: v1
Kind: ConfigMap
metadata: {name: settings}
`,
};
