import { textAt } from '../../field.js';
import { isPlaceholder } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';

export const syncWaveNumber: ResourceRule = {
  id: 'argocd/sync-wave-number',
  severity: 'error',
  title: 'A sync wave is a whole number',
  source: 'R52; argo-cd, gitops-engine syncwaves/waves.go (strconv.Atoi)',
  consequence: 'Argo CD takes wave 0 without a word: the resource is applied too early or too late.',
  fix: 'Write a whole number in quotes, for example `argocd.argoproj.io/sync-wave: "10"`.',
  reach: 'resource',
  on: 'any',
  *check({ resource }) {
    const path = ['metadata', 'annotations', 'argocd.argoproj.io/sync-wave'];
    const wave = textAt(resource.body, ...path);
    if (wave === undefined || /^[-+]?\d+$/.test(wave) || isPlaceholder(wave)) return;
    yield { path, message: `the sync wave "${wave}" is no whole number` };
  },
  passes: `
apiVersion: v1
kind: Namespace
metadata: {name: kafka, annotations: {argocd.argoproj.io/sync-wave: "-40"}}
`,
  fails: `
apiVersion: v1
kind: Namespace
metadata: {name: kafka, annotations: {argocd.argoproj.io/sync-wave: first}}
`,
};
