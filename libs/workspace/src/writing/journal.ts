import { existsSync, lstatSync, readFileSync, readdirSync, renameSync, rmSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { checksum, MillraceError, refused } from '@millrace/model';
import * as z from 'zod';

import { guardOf, isMissing } from '../files/inside.js';
import { askGit } from '../git/git.js';
import { isAlive } from '../process-alive.js';

/** Where a write in progress keeps its journal; listed in no git repository. */
export const JOURNALS = '.millrace/writing';

const stepSchema = z.strictObject({
  path: z.string(),
  /** SHA-256 of the text that is to be there; null where the file goes. */
  after: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** Whether something was there, which the journal keeps. */
  existed: z.boolean(),
});

/** One file of a write. What it is to be and what it was lie beside the journal, by the step's number, until they are moved. */
export type Step = z.output<typeof stepSchema>;

/** The list of a journal's steps: while it is there, the run is not done. */
export const STEPS = 'steps.json';

/** The new text of a step, before it is moved to its place. */
export const newTextOf = (journal: string, index: number): string => join(journal, `${index}.new`);
/** What stood in a step's place: a second name of a file that is replaced, the file itself where it goes. */
export const oldTextOf = (journal: string, index: number): string => join(journal, `${index}.old`);

/** The journal of a run that is no more. */
export interface LeftJournal {
  readonly folder: string;
  readonly steps: readonly Step[];
  /** `not-begun`: nothing was written yet; `half-written`: some of the steps; `written`: all, and only the journal is left. */
  readonly state: 'not-begun' | 'half-written' | 'written';
}

/**
 * The journals that runs left which were killed. Throws where another run is at it right now, and for a journal that no run of ours wrote
 * here: one that git brought along, or that names what lies outside of the repository.
 */
export function leftJournals(root: string): readonly LeftJournal[] {
  if (!existsSync(join(root, JOURNALS))) return [];
  const guard = guardOf(root);
  guard(JOURNALS);
  if ((askGit(root, ['ls-files', '--', JOURNALS]) ?? '') !== '') {
    throw foreign(JOURNALS, 'git has it, so no interrupted run left it here', `Remove it from git, and list .millrace/ in .gitignore: git rm -r ${JOURNALS}`);
  }
  const journals = readdirSync(join(root, JOURNALS), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^[1-9]\d*-/.test(entry.name))
    .map(({ name }) => name);
  const running = journals.find((journal) => isRunning(join(root, JOURNALS, journal), Number.parseInt(journal, 10)));
  if (running !== undefined) {
    throw refused(
      `another millrace (process ${String(Number.parseInt(running, 10))}) is writing here`,
      `Wait for it to end. If there is none, remove ${JOURNALS}/${running}.`,
    );
  }
  return journals.map((journal): LeftJournal => {
    const folder = join(root, JOURNALS, journal);
    const steps = readSteps(root, `${JOURNALS}/${journal}/${STEPS}`, guard);
    if (steps === undefined) return { folder, steps: [], state: 'not-begun' };
    const isWritten = steps.every((step, index) => isMoved(folder, step, index) || textNow(root, step) === step.after);
    return { folder, steps, state: isWritten ? 'written' : 'half-written' };
  });
}

/**
 * Puts back what a run had written, as far as it came; a file that somebody changed since stays as it is. The journal, which says what
 * was written, is gone after it.
 */
export function undo(root: string, { folder, steps }: Pick<LeftJournal, 'folder' | 'steps'>): void {
  for (const [index, step] of [...steps.entries()].reverse()) {
    if (!isMoved(folder, step, index) || textNow(root, step) !== step.after) continue;
    if (step.existed) renameSync(oldTextOf(folder, index), join(root, step.path));
    else rmSync(join(root, step.path), { force: true });
  }
  removeEmptyFolders(
    root,
    steps.map(({ path }) => path),
  );
  clear(root, folder);
}

/** Ends a journal. Removing the list first is the commit: what is left of the journal then means nothing. */
export function clear(root: string, folder: string): void {
  rmSync(join(folder, STEPS), { force: true });
  rmSync(folder, { recursive: true, force: true });
  removeEmptyFolders(root, [join(JOURNALS, 'x')]);
}

/** Folders that the removal of these files left empty, up to the root. */
export function removeEmptyFolders(root: string, paths: readonly string[]): void {
  for (const path of paths) {
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
      const full = join(root, folder);
      if (!existsSync(full)) continue;
      if (!lstatSync(full).isDirectory() || readdirSync(full).length > 0) break;
      rmdirSync(full);
    }
  }
}

/** Whether a run came as far as this step: its new text is not beside the journal any more, or the file that goes is. */
function isMoved(journal: string, { after }: Step, index: number): boolean {
  return after === null ? isThere(oldTextOf(journal, index)) : !isThere(newTextOf(journal, index));
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** The checksum of what stands in a step's place, null for nothing. */
function textNow(root: string, { path }: Step): string | null {
  const text = textAt(root, path);
  return text === undefined ? null : checksum(text);
}

/** The text of a file; undefined where there is none. */
export function textAt(root: string, path: string): string | undefined {
  try {
    const file = join(root, path);
    // Thousands of files may be new: asking is cheaper than an error for each.
    return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(file, 'utf8') : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Writing takes seconds: a journal of this age is no running process's, even where its number is some process's again. */
const LONGEST_WRITE_MS = 10 * 60 * 1000;

function isRunning(journal: string, pid: number): boolean {
  // In a container every run may have the same number.
  return pid !== process.pid && Date.now() - statSync(journal).mtimeMs <= LONGEST_WRITE_MS && isAlive(pid);
}

function readSteps(root: string, file: string, guard: (path: string) => void): readonly Step[] | undefined {
  if (!existsSync(join(root, file))) return undefined;
  const steps = z.array(stepSchema).safeParse(parsed(readFileSync(join(root, file), 'utf8'))).data;
  const remedy = `Look at what it is; without it Millrace works on: remove ${dirname(file)}`;
  if (steps === undefined) throw foreign(file, 'this is no journal of a write as Millrace keeps it', remedy);
  for (const { path } of steps) {
    try {
      guard(path);
    } catch {
      throw foreign(file, `it names ${JSON.stringify(path)}, which lies outside of the repository; Millrace writes nothing there`, remedy);
    }
    if (/^\.git(?:\/|$)/i.test(path)) throw foreign(file, `it names ${JSON.stringify(path)}, which is git's own; Millrace writes nothing there`, remedy);
  }
  return steps;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function foreign(file: string, why: string, remedy: string): MillraceError {
  return new MillraceError('refused', [{ file, message: `this journal of an interrupted run is not one of Millrace's: ${why}`, remedy }]);
}
