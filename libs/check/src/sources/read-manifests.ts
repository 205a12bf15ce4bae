import type { Value, ValueMap } from '@millrace/kustomize';
import { newestPlatform, type PlatformName } from '@millrace/model';

import { fieldAt, isMap, listAt, scalarText, textAt, type FieldPath } from '../field.js';
import { YamlPositions } from '../locate/yaml-positions.js';
import { groupKindOf, groupOf, type Origin, type Subject } from '../subject.js';
import type { DuplicateKey } from './duplicate-key.js';
import { readYaml, type Mark } from './read-yaml.js';

/** What a YAML file is to the check. */
export type ManifestReading =
  | {
      readonly kind: 'manifests';
      readonly subjects: readonly Subject[];
      /** Documents and items that should be resources and are none: no reader would take them. */
      readonly incomplete: readonly Incomplete[];
      readonly duplicate?: DuplicateKey;
    }
  /** Nothing in it is, or should be, a Kubernetes resource: a Helm chart's values, a workflow, an editor's settings. */
  | { readonly kind: 'other' }
  | { readonly kind: 'broken'; readonly message: string; readonly mark: Mark };

/** A document that does not say what it is. */
export interface Incomplete {
  readonly mark: Mark;
  /** What is wrong with it, in a sentence. */
  readonly message: string;
}

/**
 * Reads the Kubernetes resources of a file; the items of a List are taken one by one.
 * @param file path from the run's root
 * @param scope what the resources are deployed together with: see {@link Subject.scope}
 * @param platform what they are checked against: see {@link Subject.platform}
 */
export function readManifests(file: string, text: string, scope = '', platform: PlatformName = newestPlatform): ManifestReading {
  const reading = readYaml(text);
  if (reading.kind === 'broken') return reading;
  const subjects: Subject[] = [];
  const unknown: { readonly document: number; readonly path: FieldPath; readonly value: Value }[] = [];
  for (const [document, value] of reading.documents.entries()) {
    if (value === null || isOfTool(value)) continue;
    if (!isResource(value)) unknown.push({ document, path: [], value });
    else if (isListKind(value)) {
      for (const [item, entry] of listAt(value, 'items').entries()) {
        if (isResource(entry)) subjects.push(subjectOf(entry, { kind: 'file', file, document, item }, scope, platform));
        else unknown.push({ document, path: ['items', item], value: entry });
      }
    } else subjects.push(subjectOf(value, { kind: 'file', file, document }, scope, platform));
  }
  // Beside resources everything is meant to be one; elsewhere only what looks like one.
  const meant = unknown.filter(({ value, path }) => subjects.length > 0 || path.length > 0 || looksLikeResource(value));
  if (subjects.length === 0 && meant.length === 0) return { kind: 'other' };
  const positions = meant.length === 0 ? undefined : new YamlPositions(text);
  const incomplete = meant.flatMap(({ document, path, value }) =>
    positions === undefined ? [] : [{ mark: positions.placeOf(document, path), message: missingOf(value) }],
  );
  return { kind: 'manifests', subjects, incomplete, ...(reading.duplicate === undefined ? {} : { duplicate: reading.duplicate }) };
}

/**
 * Whether a value has the parts of a resource but does not say which, by a slip: `Kind:`, or a kind without a version. What has a
 * version and no kind at all is many a tool's file.
 */
function looksLikeResource(value: Value): boolean {
  if (!isMap(value) || !isMap(value['metadata'])) return false;
  const misspelt = Object.keys(value).some((key) => /^(?:apiversion|kind)$/i.test(key) && key !== 'apiVersion' && key !== 'kind');
  return misspelt || (Boolean(textAt(value, 'kind')) && !textAt(value, 'apiVersion'));
}

function missingOf(value: Value): string {
  if (!isMap(value)) return 'this is no resource: it is no map';
  const missing = ['apiVersion', 'kind'].filter((key) => !textAt(value, key));
  const near = missing.flatMap((key) => Object.keys(value).find((other) => other !== key && other.toLowerCase() === key.toLowerCase()) ?? []);
  return `this is no resource: it has no ${missing.join(' and no ')}${near.length > 0 ? ` (but ${near.join(', ')})` : ''}`;
}

/** The subject that a resource's body is, wherever it comes from. */
export function subjectOf(body: ValueMap, origin: Origin, scope: string, platform: PlatformName): Subject {
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
    platform,
  };
}

/** Files in the form of resources that no API server has ever seen: what tools and the parts of a cluster are configured with. */
const NO_RESOURCES: ReadonlySet<string> = new Set([
  ...['apiserver.config.k8s.io', 'audit.k8s.io', 'client.authentication.k8s.io', 'kubeadm.k8s.io', 'kubelet.config.k8s.io', 'kubeproxy.config.k8s.io'],
  ...['kubescheduler.config.k8s.io', 'kustomize.config.k8s.io', 'config.kubernetes.io', 'kind.x-k8s.io', 'k3d.io', 'eksctl.io', 'skaffold', 'backstage.io'],
]);

/** Whether a value says of itself which resource it is. */
function isResource(value: Value): value is ValueMap {
  return isMap(value) && Boolean(textAt(value, 'apiVersion')) && Boolean(textAt(value, 'kind'));
}

/** Whether a value has the form of a resource and is for a tool: it never reaches an API server. */
function isOfTool(value: Value): boolean {
  const [apiVersion, kind] = [textAt(value, 'apiVersion') ?? '', textAt(value, 'kind')];
  if (NO_RESOURCES.has(groupOf(apiVersion))) return true;
  // kustomize's own transformers, a kubeconfig, and what kustomize functions are configured with.
  if (apiVersion === 'builtin' || (apiVersion === 'v1' && kind === 'Config')) return true;
  return scalarText(fieldAt(value, 'metadata', 'annotations', 'config.kubernetes.io/local-config')) === 'true';
}

function isListKind(value: ValueMap): boolean {
  return (textAt(value, 'kind') ?? '').endsWith('List') && Array.isArray(fieldAt(value, 'items'));
}
