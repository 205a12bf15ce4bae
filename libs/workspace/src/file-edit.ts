import { isDeepStrictEqual } from 'node:util';

import { checksum, EditError, editYaml, fieldOf, MillraceError, readProvenance, type Edit, type Problem } from '@millrace/model';
import { parse, type ParseError } from 'jsonc-parser';

import { editJson } from './edit-json.js';
import { filesUnder, type Files } from './files/files.js';

/** What a command does to a file that people own. Generated files are not edited; they follow. */
export type FileEdit =
  /** Changes values of a YAML file, leaving comments and layout alone; a file that is not there starts as `start`. */
  | { readonly kind: 'yaml'; readonly file: string; readonly start?: string; readonly edits: readonly Edit[] }
  /** Changes one value of a JSON file, leaving the rest of its text alone. `absent` says what to do where the file is not there. */
  | {
      readonly kind: 'json';
      readonly file: string;
      readonly absent: 'make' | 'leave';
      readonly path: readonly string[];
      readonly change: (value: unknown, whole: unknown) => unknown;
    }
  /** Adds lines that a text file lacks. */
  | { readonly kind: 'lines'; readonly file: string; readonly lines: readonly string[] }
  /** Written once, then the owner's: a file that is there stays as it is. */
  | { readonly kind: 'scaffold'; readonly file: string; readonly text: string }
  /** Part of a release: written once; one that is there must be the same. */
  | { readonly kind: 'freeze'; readonly file: string; readonly text: string }
  /** Removes a declared file. */
  | { readonly kind: 'remove'; readonly file: string }
  /** Removes a folder of frozen files, each with its SHA-256 by its path in the folder; one that a person wrote or edited stops it. */
  | { readonly kind: 'remove-frozen'; readonly file: string; readonly files: ReadonlyMap<string, string> }
  /** Removes a folder of generated files; one that a person wrote or edited stops it. */
  | { readonly kind: 'remove-generated'; readonly file: string };

/** The new texts of the files that the edits touch, null for one that goes. Edits of one file add up, in order. */
export function applyFileEdits(files: Files, edits: readonly FileEdit[]): ReadonlyMap<string, string | null> {
  const texts = new Map<string, string | null>();
  for (const edit of edits) {
    if (edit.kind === 'remove') {
      if (files.read(edit.file) !== undefined) texts.set(edit.file, null);
      continue;
    }
    if (edit.kind === 'remove-generated' || edit.kind === 'remove-frozen') {
      const paths = [...filesUnder(files, edit.file)].filter((path) => texts.get(path) !== null);
      const written = paths.filter((path) => !isOurs(edit, path, files.readIfText(path) ?? ''));
      if (written.length > 0) throw new MillraceError('refused', written.map(writtenByAPerson));
      for (const path of paths) texts.set(path, null);
      continue;
    }
    const before = texts.get(edit.file) ?? files.read(edit.file);
    const after = applyOne(edit, before);
    if (after !== undefined && after !== files.read(edit.file)) texts.set(edit.file, after);
  }
  return texts;
}

type FolderEdit = Extract<FileEdit, { readonly kind: 'remove-generated' | 'remove-frozen' }>;

/** Whether a file of a folder is as Millrace wrote it. A checkout with CRLF is the same file. */
function isOurs(edit: FolderEdit, path: string, text: string): boolean {
  if (edit.kind === 'remove-generated') return readProvenance(text).kind === 'intact';
  return edit.files.get(path.slice(edit.file.length + 1)) === checksum(text.replaceAll('\r\n', '\n'));
}

function writtenByAPerson(file: string): Problem {
  return { file, message: 'this file would go with its folder, and a person wrote it', remedy: 'Move it elsewhere or delete it, then run the command again.' };
}

function applyOne(edit: Exclude<FileEdit, FolderEdit | { readonly kind: 'remove' }>, before: string | undefined): string | undefined {
  switch (edit.kind) {
    case 'yaml':
      return editDeclared(edit.file, before ?? edit.start ?? '', edit.edits);
    case 'json': {
      if (before === undefined && edit.absent === 'leave') return undefined;
      const text = before ?? '{}\n';
      const errors: ParseError[] = [];
      const value: unknown = parse(text, errors, { allowTrailingComma: true });
      const now = fieldOf(value, ...edit.path);
      const after = edit.change(now, value);
      if (errors.length === 0 && isDeepStrictEqual(after, now)) return before;
      const edited = errors.length > 0 ? undefined : editJson(text, edit.path, after);
      if (edited === undefined) {
        throw new MillraceError('refused', [{ file: edit.file, message: 'this is no JSON object', remedy: 'Correct it, then run the command again.' }]);
      }
      return edited;
    }
    case 'lines': {
      // `dist`, `/dist` and `dist/` say the same of a folder at the root.
      const there = new Set((before ?? '').split(/\r?\n/).map(bare));
      const missing = edit.lines.filter((line) => !there.has(bare(line)));
      if (missing.length === 0) return before;
      const start = before === undefined || before === '' || before.endsWith('\n') ? (before ?? '') : `${before}\n`;
      return `${start}${missing.join('\n')}\n`;
    }
    case 'scaffold':
      return before ?? edit.text;
    case 'freeze':
      // A write that was killed leaves the beginning of the file.
      if (before !== undefined && !edit.text.startsWith(before)) {
        throw new MillraceError('refused', [
          {
            file: edit.file,
            message: 'this release is there already, and it is another one',
            remedy: 'Releases never change: choose another version.',
          },
        ]);
      }
      return edit.text;
  }
}

function bare(line: string): string {
  return line.trim().replace(/^\/|\/$/g, '');
}

function editDeclared(file: string, text: string, edits: readonly Edit[]): string {
  try {
    return editYaml(text, edits);
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    const { line, column, reason } = error;
    throw new MillraceError('refused', [
      {
        file,
        position: { line, column },
        message: `this file cannot be edited for you: ${reason}`,
        remedy: 'Make the change by hand, then run millrace sync.',
      },
    ]);
  }
}
