import { closeSync, fstatSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What a path holds for the check. */
export type DiskFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'absent' }
  /** Why it cannot be read, as the end of a sentence. */
  | { readonly kind: 'unreadable'; readonly message: string };

export interface DiskEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** A folder's entries, or why there are none. */
export type DiskFolder = { readonly kind: 'folder'; readonly entries: readonly DiskEntry[] } | { readonly kind: 'unreadable'; readonly message: string };

/** No manifest is larger: etcd takes 1.5 MiB an object, and bundles of definitions are a few. */
const largestFile = 32 * 1024 * 1024;

/** A folder on disk, read only, each file once. Paths are relative to it, with POSIX separators. */
export class Disk {
  readonly #files = new Map<string, DiskFile>();

  constructor(readonly root: string) {}

  /** 'file', 'folder', or 'absent': what does not exist, and what is neither (a socket, a pipe). */
  kind(path: string): 'file' | 'folder' | 'absent' {
    // What was read is not asked for again.
    if (this.#files.get(path)?.kind === 'text') return 'file';
    const found = statSync(join(this.root, path), { throwIfNoEntry: false });
    return found?.isDirectory() === true ? 'folder' : found?.isFile() === true ? 'file' : 'absent';
  }

  file(path: string): DiskFile {
    let known = this.#files.get(path);
    if (known === undefined) this.#files.set(path, (known = readText(join(this.root, path))));
    return known;
  }

  /** A file's text; undefined where there is none, or none that can be read. */
  read(path: string): string | undefined {
    const file = this.file(path);
    return file.kind === 'text' ? file.text : undefined;
  }

  /** Entries in name order. Links to folders are left out: what they lead to is read where it is. */
  folder(path: string): DiskFolder {
    try {
      const entries = readdirSync(join(this.root, path), { withFileTypes: true }).flatMap((entry): DiskEntry[] => {
        if (entry.isDirectory()) return [{ name: entry.name, kind: 'folder' }];
        if (entry.isFile() || (entry.isSymbolicLink() && this.kind(join(path, entry.name)) === 'file')) return [{ name: entry.name, kind: 'file' }];
        return [];
      });
      return { kind: 'folder', entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)) };
    } catch (error) {
      return { kind: 'unreadable', message: reasonOf(error) };
    }
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function readText(path: string): DiskFile {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const about = fstatSync(file);
    if (!about.isFile()) return { kind: 'absent' };
    if (about.size > largestFile) {
      return {
        kind: 'unreadable',
        message: `it has ${Math.round(about.size / 1024 / 1024)} MiB; manifests of more than ${largestFile / 1024 / 1024} MiB are not read`,
      };
    }
    return textOf(readFileSync(file));
  } catch (error) {
    return isMissing(error) ? { kind: 'absent' } : { kind: 'unreadable', message: reasonOf(error) };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** The text that bytes are, or why they are none. */
export function textOf(bytes: Uint8Array): DiskFile {
  if (bytes.includes(0)) return { kind: 'unreadable', message: 'it is not text: there are zero bytes in it' };
  try {
    return { kind: 'text', text: decoder.decode(bytes) };
  } catch {
    return { kind: 'unreadable', message: 'it is not UTF-8' };
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
