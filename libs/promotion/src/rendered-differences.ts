import type { Resource } from '@millrace/kustomize';
import { kafkaTopic } from '@millrace/workspace';
import { structuredPatch } from 'diff';

/** What becomes of one resource of an environment, or of one generated file that is applied as it is. */
export interface Difference {
  /** The overlay's folder, or the file. */
  readonly where: string;
  readonly what: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Unified diff, without file names. */
  readonly diff: string;
  /** What goes with it that no commit brings back, in words: a topic that Strimzi manages, with its data (R12). */
  readonly loses?: string;
}

/** A resource by what makes it that resource in a cluster. */
export function resourceKey({ apiVersion, kind, namespace, name }: Pick<Resource, 'apiVersion' | 'kind' | 'namespace' | 'name'>): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return `${kind}${group === '' ? '' : `.${group}`} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** The differences between two renderings of one overlay, resource by resource, by name. */
export function renderedDifferences(overlay: string, before: readonly Resource[], after: readonly Resource[]): readonly Difference[] {
  const byKey = (resources: readonly Resource[]) => new Map(resources.map((resource) => [resourceKey(resource), resource]));
  const [old, now] = [byKey(before), byKey(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    const loses = was === undefined || is !== undefined ? undefined : dataOf(was);
    return textDifference(overlay, key, was?.text, is?.text).map((difference) => (loses === undefined ? difference : { ...difference, loses }));
  });
}

/** What Kafka deletes when a resource goes. */
function dataOf(resource: Resource): string | undefined {
  const topic = kafkaTopic(resource);
  return topic?.managed === true ? `the topic ${topic.topic} with its data, ${topic.holds}` : undefined;
}

/** The same differences, of which none loses what another overlay of the environment has from now on. */
export function withoutTakenOver(differences: readonly Difference[]): readonly Difference[] {
  const keyOf = ({ where, what }: Difference) => `${where.split('/')[1] ?? ''} ${what}`;
  const added = new Set(differences.filter(({ kind }) => kind === 'added').map(keyOf));
  return differences.map((difference) => {
    const { loses, ...rest } = difference;
    return loses !== undefined && added.has(keyOf(difference)) ? rest : difference;
  });
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
