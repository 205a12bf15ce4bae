import type { ReportedRule } from '../../rule.js';

export const buildOptions: ReportedRule = {
  id: 'kustomize/build-options',
  severity: 'warning',
  title: 'A build needs no chart and no plugin',
  source: 'R63; kustomize, HelmChartInflationGenerator.go (--enable-helm), plugins/loader/loader.go (--enable-alpha-plugins)',
  consequence: 'Nobody has looked at what the overlay makes. Where Argo CD is not given the option either, the Application shows ComparisonError.',
  fix: 'Pipe what it makes: `kustomize build --enable-helm FOLDER | millrace check -`. Better, deploy the chart by an Argo CD Application of its own.',
  reach: 'reported',
  passes: {
    'kustomization.yaml': `
resources: [topic.yaml]
`,
    'topic.yaml': `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 10}
`,
  },
  fails: {
    'kustomization.yaml': `
helmCharts: [{name: cert-manager, repo: "https://charts.jetstack.io", version: v1.21.0}]
`,
  },
};
