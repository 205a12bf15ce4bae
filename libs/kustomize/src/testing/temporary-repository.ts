import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder of files for one test. */
export interface TemporaryRepository {
  readonly root: string;
  /** Writes files, text by path relative to the root. */
  write(files: Readonly<Record<string, string>>): void;
  /** Makes a symbolic link. */
  link(at: string, target: string): void;
  [Symbol.dispose](): void;
}

/** Makes a repository in the system's temporary folder; disposing of it removes it. */
export function temporaryRepository(files: Readonly<Record<string, string>>): TemporaryRepository {
  const outer = mkdtempSync(path.join(tmpdir(), 'millrace-kustomize-'));
  // One folder down, so that a test can put something beside the repository and have it removed as well.
  const root = path.join(outer, 'repository');
  const made = (at: string): string => {
    const file = path.join(root, at);
    mkdirSync(path.dirname(file), { recursive: true });
    return file;
  };
  const repository: TemporaryRepository = {
    root,
    write: (more) => {
      for (const [at, text] of Object.entries(more)) writeFileSync(made(at), text);
    },
    link: (at, target) => symlinkSync(target, made(at)),
    [Symbol.dispose]: () => rmSync(outer, { recursive: true, force: true }),
  };
  mkdirSync(root);
  repository.write(files);
  return repository;
}
