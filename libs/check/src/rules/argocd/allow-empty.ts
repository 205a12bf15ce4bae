import { fieldAt } from '../../field.js';
import type { ResourceRule } from '../../rule.js';
import { WITH_APPLICATION_SPEC, applicationSpec } from './application-spec.js';
import { applicationExample } from './application-example.js';

export const allowEmpty: ResourceRule = {
  id: 'argocd/allow-empty',
  severity: 'warning',
  title: 'An Application that prunes by itself does not take an empty source for the truth',
  source: 'R55; Argo CD documentation, "Automated Sync Policy" (Automatic Pruning with Allow-Empty)',
  consequence: 'A folder that is emptied, or renders to nothing by mistake, deletes everything that the Application has in the cluster.',
  fix: 'Remove `allowEmpty: true`.',
  reach: 'resource',
  on: WITH_APPLICATION_SPEC,
  *check(subject) {
    const { at, spec } = applicationSpec(subject);
    const path = ['syncPolicy', 'automated'];
    const automated = fieldAt(spec, ...path);
    if (fieldAt(automated, 'allowEmpty') !== true || fieldAt(automated, 'prune') !== true || fieldAt(automated, 'enabled') === false) return;
    yield { path: [...at, ...path, 'allowEmpty'], message: 'allowEmpty lets an empty source prune all that the Application has' };
  },
  passes: applicationExample('syncPolicy: {automated: {prune: true, selfHeal: true}}'),
  fails: applicationExample('syncPolicy: {automated: {prune: true, selfHeal: true, allowEmpty: true}}'),
};
