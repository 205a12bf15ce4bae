import { MillraceError } from '@millrace/model';
import { execaSync } from 'execa';

import type { Files } from './files.js';
import { memoryFiles } from './memory.js';

/** The folders of a repository that Millrace reads; job sources and what lies beside are none of its business. */
const FOLDERS = ['millrace.yaml', 'apps', 'environments', 'tools/schemas'];

/** The files of a git commit that Millrace reads. Two processes in all, whatever the number of files. */
export function commitFiles(root: string, commit: string): Files {
  return memoryFiles(commitTexts(root, commit, FOLDERS));
}

/**
 * The texts of a git commit by path from `root`, job sources left out: of some folders and files, or of everything. Throws a
 * usage error where there is no such commit.
 */
export function commitTexts(root: string, commit: string, folders: readonly string[] = ['']): ReadonlyMap<string, string> {
  const git = (args: readonly string[], input?: string) => {
    const { failed, stdout, stderr } = execaSync('git', args, {
      cwd: root,
      encoding: 'buffer',
      reject: false,
      stripFinalNewline: false,
      ...(input === undefined ? {} : { input }),
    });
    if (failed)
      throw new MillraceError('usage', [
        { message: `git ${args[0] ?? ''} failed: ${decode(stderr)}`, remedy: 'Run inside a git repository with at least one commit.' },
      ]);
    return stdout;
  };
  const prefix = decode(git(['rev-parse', '--show-prefix'])).trimEnd();
  const tree = decode(git(['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...folders.map((folder) => prefix + folder).filter((folder) => folder !== '')]));
  const blobs = tree
    .split('\0')
    .map((line) => /^100(?:644|755) blob (?<id>[0-9a-f]+)\t(?<path>.+)$/s.exec(line)?.groups)
    .flatMap((groups) => {
      const [id, path] = [groups?.['id'], groups?.['path']?.slice(prefix.length)];
      return id === undefined || path === undefined || /^apps\/[^/]+\/job\//.test(path) ? [] : [{ id, path }];
    });
  const contents = blobs.length === 0 ? new Uint8Array() : git(['cat-file', '--batch'], blobs.map(({ id }) => `${id}\n`).join(''));

  const texts = new Map<string, string>();
  let offset = 0;
  for (const { path } of blobs) {
    const end = contents.indexOf(10, offset);
    const size = Number(decode(contents.subarray(offset, end)).split(' ')[2]);
    texts.set(path, decode(contents.subarray(end + 1, end + 1 + size)));
    offset = end + 1 + size + 1;
  }
  return texts;
}

const decoder = new TextDecoder();
function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
