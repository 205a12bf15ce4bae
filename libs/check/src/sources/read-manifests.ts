import type { Value, ValueMap } from '@millrace/kustomize';

import { fieldAt, isMap, listAt, scalarText, textAt } from '../field.js';
import { groupKindOf, groupOf, type Origin, type Subject } from '../subject.js';
import { readYaml, type Mark } from './read-yaml.js';

/** What a YAML file is to the check. */
export type ManifestReading =
  | {
      readonly kind: 'manifests';
      readonly subjects: readonly Subject[];
      /** Documents that are something but no Kubernetes resource. */
      readonly others: number;
      readonly duplicate?: Mark;
    }
  /** Nothing in it is a Kubernetes resource: a Helm chart's values, a workflow, an editor's settings. */
  | { readonly kind: 'other' }
  | { readonly kind: 'broken'; readonly message: string; readonly mark: Mark };

/**
 * Reads the Kubernetes resources of a file; the items of a List are taken one by one.
 * @param file path from the run's root
 * @param scope what the resources are deployed together with: see {@link Subject.scope}
 */
export function readManifests(file: string, text: string, scope = ''): ManifestReading {
  const reading = readYaml(text);
  if (reading.kind === 'broken') return reading;
  const subjects: Subject[] = [];
  let others = 0;
  for (const [document, value] of reading.documents.entries()) {
    if (value === null) continue;
    if (!isResource(value)) others += 1;
    else if (isListKind(value)) {
      for (const [item, entry] of listAt(value, 'items').entries()) {
        if (isResource(entry)) subjects.push(subjectOf(entry, { kind: 'file', file, document, item }, scope));
        else others += 1;
      }
    } else subjects.push(subjectOf(value, { kind: 'file', file, document }, scope));
  }
  if (subjects.length === 0) return { kind: 'other' };
  return { kind: 'manifests', subjects, others, ...(reading.duplicate === undefined ? {} : { duplicate: reading.duplicate }) };
}

/** The subject that a resource's body is, wherever it comes from. */
export function subjectOf(body: ValueMap, origin: Origin, scope: string): Subject {
  const apiVersion = textAt(body, 'apiVersion') ?? '';
  const kind = textAt(body, 'kind') ?? '';
  const namespace = textAt(body, 'metadata', 'namespace');
  const name = textAt(body, 'metadata', 'name') ?? textAt(body, 'metadata', 'generateName') ?? '';
  return {
    resource: { apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), name, body },
    group: groupOf(apiVersion),
    groupKind: groupKindOf(apiVersion, kind),
    namespace,
    origin,
    scope,
  };
}

/** Files in the form of resources that no API server has ever seen: what tools and the parts of a cluster are configured with. */
const NO_RESOURCES: ReadonlySet<string> = new Set([
  ...['apiserver.config.k8s.io', 'audit.k8s.io', 'client.authentication.k8s.io', 'kubeadm.k8s.io', 'kubelet.config.k8s.io', 'kubeproxy.config.k8s.io'],
  ...['kubescheduler.config.k8s.io', 'kustomize.config.k8s.io', 'config.kubernetes.io', 'kind.x-k8s.io', 'k3d.io', 'eksctl.io', 'skaffold', 'backstage.io'],
]);

/** Whether a value says of itself that it is a resource of a cluster. */
function isResource(value: Value): value is ValueMap {
  const [apiVersion, kind] = [textAt(value, 'apiVersion'), textAt(value, 'kind')];
  if (!isMap(value) || !apiVersion || !kind || NO_RESOURCES.has(groupOf(apiVersion))) return false;
  // kustomize's own transformers, a kubeconfig, and what kustomize functions are configured with.
  if (apiVersion === 'builtin' || (apiVersion === 'v1' && kind === 'Config')) return false;
  return scalarText(fieldAt(value, 'metadata', 'annotations', 'config.kubernetes.io/local-config')) !== 'true';
}

function isListKind(value: ValueMap): boolean {
  return (textAt(value, 'kind') ?? '').endsWith('List') && Array.isArray(fieldAt(value, 'items'));
}
