/**
 * An edit that cannot be done truthfully, or a text that is not YAML. Nothing was changed.
 *
 * `message` begins with the position; `line` and `column` count from 1 and point into the text as it was given, or, when
 * several edits were given, as the edits before this one left it.
 */
export class EditError extends Error {
  override readonly name = 'EditError';
  readonly line: number;
  readonly column: number;
  /** What went wrong, without the position: what was wanted and what was found. */
  readonly reason: string;

  /** @param offset where in `text` the reason stands, counted in UTF-16 units */
  constructor(reason: string, text: string, offset: number) {
    const before = text.slice(0, offset);
    const line = before.split('\n').length;
    const column = before.length - before.lastIndexOf('\n');
    super(`line ${line}, column ${column}: ${reason}`);
    this.line = line;
    this.column = column;
    this.reason = reason;
  }
}
