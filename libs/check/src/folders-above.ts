/** The folders that a path lies in, the outermost first: of `a/b/c` they are `a` and `a/b`. The root is none of them. */
export function foldersAbove(path: string): readonly string[] {
  const names = path.split('/');
  return names.slice(1).map((_name, index) => names.slice(0, index + 1).join('/'));
}
