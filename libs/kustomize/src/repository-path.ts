/**
 * Brings a path that a person or a program gave into the one form used inside: relative to the root, POSIX separators, no `.`, no
 * trailing slash; the root itself is the empty string.
 * @param path relative to the repository's root
 * @throws {Error} if the path is absolute or leaves the repository
 */
export function repositoryPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) throw new Error(`${path} leaves the repository`);
  }
  if (path.startsWith('/')) throw new Error(`${path} is absolute: a path here is relative to the repository's root`);
  return segments.join('/');
}
