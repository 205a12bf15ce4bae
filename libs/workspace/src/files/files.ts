/** An entry of a folder. */
export interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/**
 * A repository's files, wherever they are: on disk, in Nx's tree, in a git commit, or any of these with edits on top.
 * Paths are relative to the root, with POSIX separators. All methods throw a MillraceError where a path leaves the
 * repository, by its spelling or through a symbolic link, or cannot be read.
 */
export interface Files {
  /** A file's text; undefined where there is none. */
  read(path: string): string | undefined;
  /** The same for whoever only looks for what Millrace wrote: also undefined where it is no text. */
  readIfText(path: string): string | undefined;
  /**
   * A folder's entries by name; none where there is no folder. A symbolic link to a folder is left out: what is behind it lies elsewhere,
   * and a commit has the link alone.
   */
  list(folder: string): readonly Entry[];
}

/** Every file under a folder, in name order; what an editor or a file manager left there is nobody's and left out. */
export function* filesUnder(files: Files, folder: string): Generator<string> {
  for (const { name, kind } of files.list(folder)) {
    if (isNobodys(name)) continue;
    const path = `${folder}/${name}`;
    if (kind === 'folder') yield* filesUnder(files, path);
    else yield path;
  }
}

/** Whether a name in a folder of generated or declared files is of what no person put there: `.DS_Store`, `.kafka.yaml.swp`, `kafka.yaml~`. A `.gitkeep` is there to keep its folder. */
export function isNobodys(name: string): boolean {
  return (name.startsWith('.') && name !== '.gitkeep') || name.endsWith('~');
}
