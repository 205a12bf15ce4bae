import { hasField, mapAt } from '../../field.js';
import type { ReferenceRule } from '../../rule.js';
import { deliverySyncOptions } from './annotations.js';
import { applicationExample } from './application-example.js';
import { WITH_APPLICATION_SPEC, applicationSpec } from './application-spec.js';
import { destinationNamespace } from './applications.js';

export const createNamespace: ReferenceRule = {
  id: 'argocd/create-namespace',
  severity: 'warning',
  title: 'A namespace is made with its labels',
  source: 'R62; Argo CD documentation, "Sync Options" (Create Namespace, Namespace Metadata)',
  consequence:
    'The namespace has no labels: no level of pod security is enforced in it, network policies that select it do not, and deleting the Application leaves it.',
  fix: 'Write the Namespace as a manifest with `pod-security.kubernetes.io/enforce`, in an early wave, or give its labels in spec.syncPolicy.managedNamespaceMetadata.',
  reach: 'references',
  on: WITH_APPLICATION_SPEC,
  *check(subject, universe) {
    const option = deliverySyncOptions(subject).find(({ text }) => text === 'CreateNamespace=true');
    if (option === undefined) return;
    const { spec } = applicationSpec(subject);
    if (Object.keys(mapAt(spec, 'syncPolicy', 'managedNamespaceMetadata', 'labels')).length > 0) return;
    const namespace = destinationNamespace(subject);
    // One that a template fills in may have a manifest; and where there is a manifest, it wins.
    if (namespace === undefined || universe.called(subject, 'Namespace', namespace).length > 0) return;
    const metadata = hasField(spec, 'syncPolicy', 'managedNamespaceMetadata') ? 'managedNamespaceMetadata without labels' : 'no managedNamespaceMetadata';
    yield { path: option.path, message: `namespace ${namespace} is made without labels: there is no manifest of it here, and ${metadata}` };
  },
  passes: applicationExample(`
syncPolicy:
  syncOptions: [CreateNamespace=true]
  managedNamespaceMetadata: {labels: {pod-security.kubernetes.io/enforce: restricted}}`),
  fails: applicationExample('syncPolicy: {syncOptions: [CreateNamespace=true]}'),
};
