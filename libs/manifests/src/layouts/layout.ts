import type { Context } from '../template.js';

/** A file before its template is filled: where, by which template, with what. */
export interface PlannedFile {
  /** From the repository's root; of a base, in the base's folder. */
  readonly path: string;
  readonly template: string;
  readonly context: Context;
}

/**
 * A generation of templates, and of the plan that fills them. The first says everything; every later one says only in
 * what it differs from the one before. What it differs in stays inside one owner: the platform of an environment, or one
 * pipeline (its release and its overlays), since either moves alone. Names that both know stay.
 */
export interface Layout {
  readonly number: number;
  /** The version of Millrace that brought it: whoever comes from an older one is moved to it by `nx migrate`. */
  readonly since: string;
  /** The folder of its own templates, with a slash at the end. One that is not there is the layout's before. */
  readonly templates: URL;
  /** What becomes of a file of the layout before: the same where it is not concerned; several, or none. */
  readonly plan?: (file: PlannedFile) => readonly PlannedFile[];
}
