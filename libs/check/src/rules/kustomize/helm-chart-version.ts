import { hasField, listAt, textAt } from '../../field.js';
import type { KustomizationRule } from '../../rule.js';
import { layersOf } from '../../sources/kustomization.js';

export const helmChartVersion: KustomizationRule = {
  id: 'kustomize/helm-chart-version',
  severity: 'warning',
  title: 'A chart under helmCharts has a version',
  source: 'R63, R64; kustomize, HelmChartInflationGenerator.go: without one, Helm pulls the newest',
  consequence: 'The same commit builds to something else as soon as a new version of the chart is published.',
  fix: 'Set version to the version of the chart; better, deploy the chart by an Argo CD Application of its own.',
  reach: 'kustomization',
  *check(root) {
    for (const { file, body } of layersOf(root)) {
      for (const [index, chart] of listAt(body, 'helmCharts').entries()) {
        if (!hasField(chart, 'repo') || hasField(chart, 'version')) continue;
        yield { file, path: ['helmCharts', index, 'version'], message: `the chart ${textAt(chart, 'name') ?? ''} has no version` };
      }
    }
  },
  passes: {
    'kustomization.yaml': `
helmCharts: [{name: cert-manager, repo: "https://charts.jetstack.io", version: v1.21.0}]
`,
  },
  fails: {
    'kustomization.yaml': `
helmCharts: [{name: cert-manager, repo: "https://charts.jetstack.io"}]
`,
  },
};
