/** A repository's files: a folder on disk, and what is (to be) different from it. */
export interface RenderSource {
  /** The repository's root folder. Nothing outside it is read. */
  readonly root: string;
  /**
   * Text by path relative to `root` (POSIX separators), null for a file that is to be absent. A symbolic link on disk is replaced,
   * not followed, by a change at its path.
   * @default no changes
   */
  readonly changes?: ReadonlyMap<string, string | null>;
}
