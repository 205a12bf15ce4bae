import type { Resource, ValueMap } from '@millrace/kustomize';

import type { FieldPath } from '../field.js';

/** A resource as kustomize built it. Its text is not kept: it is half of what a large run would hold, and nobody asks for it. */
export type BuiltResource = Omit<Resource, 'text'>;

/** A YAML document of a file that a kustomization reads. */
export interface SourceDocument {
  /** Path from the run's root. */
  readonly file: string;
  /** Which document of the file, from zero. */
  readonly document: number;
  readonly body: ValueMap;
}

/** One patch of a kustomization, of `patches` or of the fields before it. */
export interface PatchSource {
  /** Where the kustomization names it: `['patches', 0]`. */
  readonly path: FieldPath;
  /** As written: group, version, kind, name, namespace, labelSelector, annotationSelector; undefined where the patch names its object. */
  readonly target: ValueMap | undefined;
  readonly content:
    /** Partial objects; several where the file has several documents. */
    | { readonly kind: 'strategic'; readonly objects: readonly SourceDocument[] }
    /** JSON6902 operations. `file` is the kustomization itself where they stand in it, `at` the place in the file. */
    | { readonly kind: 'operations'; readonly operations: readonly ValueMap[]; readonly file: string; readonly at: FieldPath };
}

/** A kustomization with what it is made of, read without building it. */
export interface Kustomization {
  /** Path from the run's root; '.' for the root itself. */
  readonly folder: string;
  /** Its kustomization file, from the run's root. */
  readonly file: string;
  /** Kustomization or Component. */
  readonly kind: string;
  readonly body: ValueMap;
  /** The objects of its own resource files. */
  readonly resources: readonly SourceDocument[];
  /** Folders among its resources and components, and where it names them. */
  readonly bases: readonly { readonly path: FieldPath; readonly kustomization: Kustomization }[];
  readonly patches: readonly PatchSource[];
  /** The schema under `openapi.path`; undefined where it names none, or none that can be read. */
  readonly openapi: ValueMap | undefined;
  /** What it builds to; undefined where it is not built by itself, or does not build. */
  readonly rendered: readonly BuiltResource[] | undefined;
}

/** A kustomization and all that it is built from, each once, the ones below first. */
export function layersOf(root: Kustomization): readonly Kustomization[] {
  const layers: Kustomization[] = [];
  const seen = new Set<string>();
  const visit = (layer: Kustomization): void => {
    if (seen.has(layer.folder)) return;
    seen.add(layer.folder);
    for (const { kustomization } of layer.bases) visit(kustomization);
    layers.push(layer);
  };
  visit(root);
  return layers;
}

/** The same kustomization, with what it builds to. */
export function builtAs(kustomization: Kustomization, rendered: readonly BuiltResource[]): Kustomization {
  const { folder, file, kind, body } = kustomization;
  return {
    folder,
    file,
    kind,
    body,
    rendered,
    get resources() {
      return kustomization.resources;
    },
    get bases() {
      return kustomization.bases;
    },
    get patches() {
      return kustomization.patches;
    },
    get openapi() {
      return kustomization.openapi;
    },
  };
}
