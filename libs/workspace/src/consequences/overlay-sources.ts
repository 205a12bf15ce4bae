import { posix } from 'node:path';

import { isInsideRepository } from '@millrace/model';
import { parse } from 'yaml';
import * as z from 'zod';

/** What of an overlay says what its resources of some kind are. Two that are equal give the same resources. */
export interface OverlaySources {
  readonly namespace: string | undefined;
  /** Texts of bases and of patches that are about them, in the order in which kustomize takes them. */
  readonly texts: readonly string[];
  /** People's JSON6902 operations, with the resources that they are for. */
  readonly operations: readonly TargetedPatch[];
}

export interface TargetedPatch {
  readonly target: { readonly kind?: string | undefined; readonly name?: string | undefined };
  /** A list of operations, as YAML. */
  readonly patch: string;
}

const kustomizationSchema = z.looseObject({
  namespace: z.string().optional(),
  resources: z.array(z.string()).default([]),
  patches: z
    .array(
      z.looseObject({
        path: z.string().optional(),
        target: z.looseObject({ kind: z.string().optional(), name: z.string().optional() }).optional(),
        patch: z.string().optional(),
      }),
    )
    .default([]),
});

/**
 * Reads of an overlay what is about a kind, or about kinds that begin so. Without kustomize: ours are bases, merges of mappings, and
 * people's patches. An overlay that is not there has nothing in it; neither has one that nobody can read, which `check` is there to say.
 */
export function overlaySources(read: (path: string) => string | undefined, folder: string, kind: string): OverlaySources {
  const text = read(`${folder}/kustomization.yaml`);
  const kustomization = text === undefined ? undefined : kustomizationSchema.safeParse(parsed(text)).data;
  if (kustomization === undefined) return { namespace: undefined, texts: [], operations: [] };
  const files = (path: string): string | readonly string[] => {
    const target = posix.join(folder, path);
    if (!isInsideRepository(target)) return [];
    return /\.ya?ml$/.test(target) ? (read(target) ?? []) : overlaySources(read, target, kind).texts;
  };
  return {
    namespace: kustomization.namespace,
    texts: [...kustomization.resources, ...kustomization.patches.flatMap(({ path }) => path ?? [])]
      .flatMap(files)
      .map(withoutComments)
      .filter((content) => content.includes(kind)),
    operations: kustomization.patches.flatMap(({ target, patch }) => (target === undefined || patch === undefined ? [] : [{ target, patch }])),
  };
}

/** The header of a generated file, or of a frozen one, says nothing to a cluster. */
function withoutComments(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/^#.*\n/gm, '');
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
