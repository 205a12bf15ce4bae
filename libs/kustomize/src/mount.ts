/**
 * Where the WebAssembly module sees the repository. Always the same, so that no output can depend on where a clone lies; angle
 * brackets, so that no `../../name` in a kustomization climbs out of the repository and comes back in by the folder's name.
 */
const mount = '/<repository>';

/** The path that the module uses for a path relative to the repository's root. */
export function mounted(path: string): string {
  return path === '' ? mount : `${mount}/${path}`;
}

/** The path relative to the repository's root for a path of the module's, undefined where it is not in the repository. */
export function unmounted(path: string): string | undefined {
  if (path === mount) return '';
  return path.startsWith(`${mount}/`) ? path.slice(mount.length + 1) : undefined;
}

/** A text of kustomize's with every path in it relative to the repository's root. */
export function withoutMount(text: string): string {
  return text.replaceAll(`${mount}/`, '').replaceAll(mount, '.');
}
