import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { repositoryPath } from './repository-path.js';

/** What stands at a path of the repository, symbolic links followed. `path` is where the links lead. */
export type Resolved =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly message: string };

type Entry =
  | { readonly kind: 'file' }
  | { readonly kind: 'folder' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'refused'; readonly message: string };

/** What a build read: see `inputs` and `absent` of a rendered overlay. */
export interface Reads {
  readonly inputs: readonly string[];
  readonly absent: readonly string[];
}

// Linux gives up after 40 as well.
const mostLinks = 40;

/**
 * The files of a repository as a build may see them: the changes first, then the disk, nothing outside the root, and a record of
 * what was read. Links are followed here, one path segment at a time, because only so is each of them checked and recorded.
 */
export class RepositoryFiles {
  readonly #root: string;
  readonly #changes: ReadonlyMap<string, string | null>;
  readonly #changedFolders = new Set<string>();
  readonly #entries = new Map<string, Entry>();
  readonly #contents = new Map<string, Uint8Array>();
  #inputs = new Set<string>();
  #absent = new Set<string>();

  /**
   * @param root the repository's root folder; itself free of symbolic links (a real path)
   * @param changes text by path relative to the root, null for absent; the paths are in the form that `repositoryPath` gives
   */
  constructor(root: string, changes: ReadonlyMap<string, string | null>) {
    this.#root = root;
    this.#changes = changes;
    for (const [changed, text] of changes) {
      if (text === null) continue;
      for (let folder = path.posix.dirname(changed); folder !== '.'; folder = path.posix.dirname(folder)) {
        this.#changedFolders.add(folder);
      }
    }
  }

  /** Starts a new record of what is read. */
  startRecord(): void {
    this.#inputs = new Set();
    this.#absent = new Set();
  }

  /** What was read since the record was started. */
  record(): Reads {
    return { inputs: [...this.#inputs].sort(), absent: [...this.#absent].sort() };
  }

  /**
   * Follows a path to what stands there.
   * @param wanted a path relative to the root, without `.` and `..`
   */
  resolve(wanted: string): Resolved {
    let pending = wanted === '' ? [] : wanted.split('/');
    let at = '';
    for (let links = 0; ;) {
      const [segment, ...rest] = pending;
      if (segment === undefined) return { kind: 'folder', path: at };
      const next = at === '' ? segment : `${at}/${segment}`;
      const entry = this.#entry(next);
      switch (entry.kind) {
        case 'folder':
          at = next;
          pending = rest;
          continue;
        case 'file':
          return rest.length === 0 ? { kind: 'file', path: next } : { kind: 'absent' };
        case 'absent':
          this.#absent.add(next);
          return entry;
        case 'refused':
          return entry;
        case 'link': {
          this.#inputs.add(next);
          links += 1;
          if (links > mostLinks) return { kind: 'refused', message: `${wanted}: too many symbolic links` };
          const target = this.#linkTarget(at, entry.target);
          if (target === undefined) {
            return { kind: 'refused', message: `${next} is a symbolic link to ${entry.target}, which leaves the repository` };
          }
          at = '';
          pending = [...(target === '' ? [] : target.split('/')), ...rest];
        }
      }
    }
  }

  /**
   * Reads a file and records it.
   * @param file a path that `resolve` gave for a file
   * @throws {Error} if the file cannot be read
   */
  read(file: string): Uint8Array {
    const known = this.#contents.get(file);
    const changed = this.#changes.get(file);
    const bytes = known ?? (typeof changed === 'string' ? new TextEncoder().encode(changed) : readFileSync(this.#onDisk(file)));
    if (known === undefined) this.#contents.set(file, bytes);
    this.#inputs.add(file);
    return bytes;
  }

  #entry(at: string): Entry {
    const known = this.#entries.get(at);
    if (known !== undefined) return known;
    const entry = this.#look(at);
    this.#entries.set(at, entry);
    return entry;
  }

  #look(at: string): Entry {
    if (this.#changedFolders.has(at)) return { kind: 'folder' };
    const changed = this.#changes.get(at);
    if (changed !== undefined) return { kind: changed === null ? 'absent' : 'file' };
    // Not names on any disk, but a way around the checks above (the second on Windows only).
    if (at.includes('\0') || (path.sep === '\\' && at.includes('\\'))) return { kind: 'absent' };
    const onDisk = this.#onDisk(at);
    const stat = lstatSync(onDisk, { throwIfNoEntry: false });
    if (stat === undefined) return { kind: 'absent' };
    if (stat.isSymbolicLink()) return { kind: 'link', target: readlinkSync(onDisk) };
    if (stat.isDirectory()) return { kind: 'folder' };
    // Reading a pipe or a device could take forever.
    return stat.isFile() ? { kind: 'file' } : { kind: 'refused', message: `${at} is neither a file nor a folder` };
  }

  #linkTarget(folder: string, target: string): string | undefined {
    const inside = path.isAbsolute(target) ? path.relative(this.#root, target) : path.posix.join(folder, target.replaceAll(path.sep, '/'));
    try {
      return path.isAbsolute(inside) ? undefined : repositoryPath(inside.replaceAll(path.sep, '/'));
    } catch {
      return undefined;
    }
  }

  #onDisk(at: string): string {
    return path.join(this.#root, at);
  }
}
