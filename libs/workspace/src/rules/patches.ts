import { isDeepStrictEqual } from 'node:util';

import { overlayResources, type OverlayResource } from '@millrace/manifests';
import { isAppliedAsIs, isMapping, locate, readPatch, type Patch, type PatchFile, type Problem, type Workspace } from '@millrace/model';

/** A patch that nothing reads, that matches nothing, or that drops what Millrace generated: kustomize says nothing of any. */
export function* ownPatches(workspace: Workspace): Generator<Problem> {
  if (workspace.patches.size === 0) return;
  const resources = overlayResources(workspace, new Set(workspace.patches.keys()));
  for (const [folder, patches] of workspace.patches) {
    const there = resources.get(folder);
    for (const file of patches) {
      if (there === undefined) {
        yield at(file, [], `nothing reads this patch: ${folder} is no overlay`, remedyFor(folder));
        continue;
      }
      const patch = readPatch(file.file, file.text);
      if (patch.kind === 'wrong') yield patch.problem;
      else yield* fitting(file, patch, there);
    }
  }
}

/** What to do instead of a patch where files are applied as they stand, or where there is nothing. */
function remedyFor(folder: string): string {
  if (!isAppliedAsIs(folder)) return 'Remove it, or move it into patches/ beside the kustomization.yaml that has the object.';
  return folder.endsWith('/credentials')
    ? 'Remove it: who may read which Secret follows from the users and teams that are declared.'
    : 'Remove it: Applications and projects follow from what is declared, as it is in environment.yaml.';
}

type ReadablePatch = Exclude<Patch, { kind: 'wrong' }>;

function* fitting(file: PatchFile, patch: ReadablePatch, resources: readonly OverlayResource[]): Generator<Problem> {
  const wanted = patch.kind === 'strategic' ? patch.object : patch.target;
  const group = (apiVersion: string) => apiVersion.split('/').slice(0, -1).join('/');
  const wantedGroup = patch.kind === 'strategic' ? group(patch.object.apiVersion) : undefined;
  const resource = resources.find(
    ({ apiVersion, kind, name }) => kind === wanted.kind && name === wanted.name && (wantedGroup === undefined || group(apiVersion) === wantedGroup),
  );
  if (resource === undefined) {
    const known = resources.map(({ kind, name }) => `${kind} ${name}`).sort();
    yield at(
      file,
      patch.kind === 'strategic' ? ['metadata', 'name'] : ['target', 'name'],
      `this patch matches nothing: there is no ${wanted.kind} ${wanted.name} in the overlay`,
      `Name one of ${known.join(', ') || '(the overlay is empty)'}, or remove the patch.`,
    );
    return;
  }
  // Lists of Kubernetes' own kinds are merged by key; those of custom resources are replaced as a whole (R74).
  if (patch.kind === 'strategic' && isCustom(resource.apiVersion)) {
    for (const { path, lost } of lostElements(resource.body, patch.body, [])) {
      yield at(
        file,
        path,
        `this list replaces the generated one, and drops ${lost} from it`,
        'Write the whole list, generated elements included; or use target with JSON6902 operations that add to it; or the declared keys (env, secrets, args in placement.yaml).',
      );
    }
  }
}

function* lostElements(generated: unknown, patch: unknown, path: readonly string[]): Generator<{ readonly path: readonly string[]; readonly lost: string }> {
  if (isList(generated) && isList(patch)) {
    for (const element of generated) {
      const name = nameOf(element);
      const kept = patch.find((candidate) => (name === undefined ? isDeepStrictEqual(candidate, element) : nameOf(candidate) === name));
      if (kept === undefined) yield { path, lost: name ?? JSON.stringify(element) };
      else yield* lostElements(element, kept, path);
    }
  } else if (isMapping(generated) && isMapping(patch)) {
    for (const [key, value] of Object.entries(patch)) {
      if (key in generated) yield* lostElements(generated[key], value, [...path, key]);
    }
  }
}

/** Whether a kind is a custom resource: its group has a domain, and that is not Kubernetes' own. */
function isCustom(apiVersion: string): boolean {
  const group = apiVersion.split('/').slice(0, -1).join('/');
  return group.includes('.') && !group.endsWith('.k8s.io');
}

function nameOf(element: unknown): string | undefined {
  return isMapping(element) && typeof element['name'] === 'string' ? element['name'] : undefined;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function at({ file, text }: PatchFile, path: readonly string[], message: string, remedy: string): Problem {
  return { file, position: locate({ file, text, value: undefined }, path), message, remedy };
}
