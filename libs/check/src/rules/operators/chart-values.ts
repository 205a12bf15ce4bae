import type { Value } from '@millrace/kustomize';

import { fieldAt, hasField, listAt, mapAt, textAt, type FieldPath } from '../../field.js';
import { readYaml } from '../../sources/read-yaml.js';
import type { Subject } from '../../subject.js';
import type { Universe } from '../../universe.js';
import { folderOf, isOwn, sourcesOf, type Source } from '../argocd/applications.js';

/** A values file that an Application names by another of its sources: `$values/<path>`. */
export interface ReferredFile {
  /** Where it stands in the Application. */
  readonly at: FieldPath;
  /** The name before the first slash, with its dollar. */
  readonly reference: string;
  /** The source that has this name as its `ref`; undefined where none has. */
  readonly source: Source | undefined;
  /** Its path from the root of that source's repository. */
  readonly path: string;
}

/** What a chart is told, as far as it can be read here. */
export interface ChartValues {
  /** Whether nothing else is told to it: no file that cannot be read here, no parameter. */
  readonly isComplete: boolean;
  /** The value at a path that wins, and where the Application says so; undefined where nobody says anything. */
  at(...path: readonly string[]): { readonly value: Value | undefined; readonly path: FieldPath } | undefined;
}

/** The values files of a source that another source has. */
export function referredFiles(application: Subject, source: Source): readonly ReferredFile[] {
  const { body } = application.resource;
  const path = [...source.at, 'helm', 'valueFiles'];
  return listAt(body, ...path).flatMap((file, index) => {
    if (typeof file !== 'string' || !file.startsWith('$')) return [];
    const [reference = '', ...rest] = file.split('/');
    const named = sourcesOf(application).find(({ at }) => `$${textAt(body, ...at, 'ref') ?? ''}` === reference);
    return [{ at: [...path, index], reference, source: named, path: folderOf(rest.join('/')) }];
  });
}

/** What the chart of a source is told: in the order in which Argo CD lets them win, values of the Application first. */
export function chartValues(application: Subject, source: Source, universe: Universe): ChartValues {
  const helm = mapAt(application.resource.body, ...source.at, 'helm');
  const at: FieldPath = [...source.at, 'helm'];
  const layers: { readonly values: Value; readonly path: FieldPath; readonly inside: boolean }[] = [];
  let isComplete = ['parameters', 'fileParameters'].every((field) => listAt(helm, field).length === 0);

  const object = fieldAt(helm, 'valuesObject');
  if (object !== undefined) layers.push({ values: object, path: [...at, 'valuesObject'], inside: true });
  const text = textAt(helm, 'values');
  if (object === undefined && text !== undefined) isComplete = add(text, [...at, 'values']) && isComplete;
  const files = listAt(helm, 'valueFiles');
  const referred = new Map(referredFiles(application, source).map((file) => [file.at.at(-1), file]));
  for (const index of [...files.keys()].toReversed()) {
    const file = referred.get(index);
    const found = file?.source !== undefined && isOwn(file.source, universe) === true ? universe.repository?.textOf(file.path) : undefined;
    if (found !== undefined) isComplete = add(found, [...at, 'valueFiles', index]) && isComplete;
    else if (!(isAbsent(file, universe) && fieldAt(helm, 'ignoreMissingValueFiles') === true)) isComplete = false;
  }
  return {
    isComplete,
    at: (...path) => {
      const layer = layers.find(({ values }) => hasField(values, ...path));
      return layer === undefined ? undefined : { value: fieldAt(layer.values, ...path), path: layer.inside ? [...layer.path, ...path] : layer.path };
    },
  };

  function add(values: string, path: FieldPath): boolean {
    const reading = readYaml(values);
    if (reading.kind === 'read' && reading.documents[0] !== undefined) layers.push({ values: reading.documents[0], path, inside: false });
    return reading.kind === 'read';
  }
}

/** Whether a file is certainly not there, in this repository. */
function isAbsent(file: ReferredFile | undefined, universe: Universe): boolean {
  return file?.source !== undefined && isOwn(file.source, universe) === true && !/[*?[\]{]/.test(file.path) && universe.repository?.exists(file.path) === false;
}
