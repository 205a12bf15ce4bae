import type { Resource } from '@millrace/kustomize';
import { structuredPatch } from 'diff';

/** What becomes of one resource of an environment, or of one generated file that is applied as it is. */
export interface Difference {
  /** The overlay's folder, or the file. */
  readonly where: string;
  readonly what: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Unified diff, without file names. */
  readonly diff: string;
}

/** A resource by what makes it that resource in a cluster. */
export function resourceKey({ apiVersion, kind, namespace, name }: Pick<Resource, 'apiVersion' | 'kind' | 'namespace' | 'name'>): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return `${kind}${group === '' ? '' : `.${group}`} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** The differences between two renderings of one overlay, resource by resource, by name. */
export function renderedDifferences(overlay: string, before: readonly Resource[], after: readonly Resource[]): readonly Difference[] {
  const [old, now] = [before, after].map((resources) => new Map(resources.map((resource) => [resourceKey(resource), resource.text])));
  const keys = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].sort();
  return keys.flatMap((key) => textDifference(overlay, key, old?.get(key), now?.get(key)));
}

/** The difference between two texts; none where they are the same. */
export function textDifference(where: string, what: string, before: string | undefined, after: string | undefined): readonly Difference[] {
  if (before === after) return [];
  const { hunks } = structuredPatch('', '', before ?? '', after ?? '', undefined, undefined, { context: 3 });
  const diff = hunks
    .map(({ oldStart, oldLines, newStart, newLines, lines }) => [`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`, ...lines].join('\n'))
    .join('\n');
  return [{ where, what, kind: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed', diff }];
}
