import { decode, git, gitBytes } from '../git/git.js';
import type { Files } from './files.js';
import { guardSpelling } from './inside.js';
import { memoryFiles } from './memory.js';
import { OURS } from './ours.js';

/** How many bytes of files are asked for at once: git's answer is held as a whole. */
const AT_ONCE = 32 * 1024 * 1024;

/**
 * The files of a git commit: those that Millrace reads at once, in four processes whatever their number, and any other folder or
 * file when it is asked for. Job sources are left out. Throws a usage error where there is no such commit, no git, or no such folder.
 */
export function commitFiles(root: string, commit: string): Files {
  // A branch may move before the last of it is read.
  const tree = git(root, ['rev-parse', '--verify', '--end-of-options', `${commit}^{tree}`]);
  const ours = memoryFiles(treeTexts(root, tree, OURS));
  const others = new Map<string, Files>();
  const filesFor = (path: string): Files => {
    guardSpelling(path);
    if (path === '.' || OURS.some((own) => isIn(path, own))) return ours;
    const known = [...others].find(([folder]) => isIn(path, folder))?.[1];
    if (known !== undefined) return known;
    const files = memoryFiles(treeTexts(root, tree, [path]));
    others.set(path, files);
    return files;
  };
  return { read: (path) => filesFor(path).read(path), readIfText: (path) => filesFor(path).readIfText(path), list: (folder) => filesFor(folder).list(folder) };
}

function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** The texts of some folders and files of a commit's tree, by path from `root`. */
function treeTexts(root: string, tree: string, paths: readonly string[]): ReadonlyMap<string, string> {
  const prefix = git(root, ['rev-parse', '--show-prefix']);
  const list = git(root, ['ls-tree', '-r', '-l', '-z', '--full-tree', tree, '--', ...paths.map((path) => prefix + path)]);
  const blobs = list
    .split('\0')
    .map((line) => /^100(?:644|755) blob (?<id>[0-9a-f]+) +(?<size>\d+)\t(?<path>.+)$/s.exec(line)?.groups)
    .flatMap((groups) => {
      const [id, path] = [groups?.['id'], groups?.['path']?.slice(prefix.length)];
      return id === undefined || path === undefined || /^apps\/[^/]+\/job\//.test(path) ? [] : [{ id, path, size: Number(groups?.['size']) }];
    });

  const texts = new Map<string, string>();
  for (const some of inParts(blobs)) {
    const contents = gitBytes(root, ['cat-file', '--batch'], { input: some.map(({ id }) => `${id}\n`).join('') });
    let offset = 0;
    for (const { path, size } of some) {
      const start = contents.indexOf(10, offset) + 1;
      texts.set(path, decode(contents.subarray(start, start + size)));
      offset = start + size + 1;
    }
  }
  return texts;
}

function* inParts<T extends { readonly size: number }>(blobs: readonly T[]): Generator<readonly T[]> {
  let part: T[] = [];
  let bytes = 0;
  for (const blob of blobs) {
    if (part.length > 0 && bytes + blob.size > AT_ONCE) {
      yield part;
      [part, bytes] = [[], 0];
    }
    part.push(blob);
    bytes += blob.size;
  }
  if (part.length > 0) yield part;
}
