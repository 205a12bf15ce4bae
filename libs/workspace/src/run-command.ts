import { manifests } from '@millrace/manifests';
import { isInsideRepository, MILLRACE_FILE, MillraceError, readProvenance, refused, type Problem, type Workspace } from '@millrace/model';

import { asChanges, textsOf, type Changes } from './changes.js';
import type { Command, CommandPlan } from './command.js';
import { concerns } from './concerns.js';
import { applyFileEdits } from './file-edit.js';
import { editedFiles } from './files/edited.js';
import type { Files } from './files/files.js';
import { generatedChanges, type GeneratedOptions } from './generated.js';
import { NO_HISTORY, type History } from './history.js';
import { judgedWorkspace, type JudgedWorkspace } from './judged-workspace.js';
import { undecided } from './merging/undecided.js';
import { readWorkspace } from './read-workspace.js';
import { leaving, type Leaving } from './consequences/leaving/leaving.js';
import { stoppedJobs, type StoppedJob } from './consequences/redeployed/redeployed-jobs.js';
import { kafkaUpgrades } from './rules/kafka-upgrades.js';
import { vaultPasswords } from './rules/vault-passwords.js';
import { deletedTopics, type DeletedTopic } from './consequences/topics/deleted-topics.js';

/** What a command came to: the workspace as it will be, and what has to be written for it. */
export interface Outcome {
  readonly workspace: Workspace;
  readonly changes: Changes;
  /** What a person should know although nothing is wrong. */
  readonly notices: readonly Problem[];
  /** The Kafkas and Applications that would go with what they hold, once the changes are in the cluster. */
  readonly leaving: readonly Leaving[];
  /** The topics that would be deleted with their data, once the changes are in the cluster. */
  readonly deleted: readonly DeletedTopic[];
  /** The running jobs that the changes would redeploy or stop, once they are in the cluster. */
  readonly stopped: readonly StoppedJob[];
}

export const NOTHING_SPECIAL: GeneratedOptions = { unmerged: new Map(), discard: new Set() };

/**
 * A command from beginning to end, without writing: declared files, the command's edits of them, the workspace that
 * results, its rules, and every generated file that follows. Throws a MillraceError where any of it is wrong.
 */
export function planCommand(
  files: Files,
  command: Command,
  options: unknown,
  generated: GeneratedOptions = NOTHING_SPECIAL,
  history: History = NO_HISTORY,
): Outcome {
  needDecisions(files, generated);
  const { before, releasesOf, edits, notices: said } = planOf(files, command, options, { generated, history });
  const declared = applyFileEdits(files, edits);
  const judged = judgedWorkspace(declared.size === 0 ? files : editedFiles(files, declared), releasesOf);
  const { left, ...result } = outcome(files, judged, generated, { before, declared });
  // Somebody who edits one pipeline is not told of all others.
  const touched = [...textsOf(result.changes).keys()];
  const concerned = result.notices.filter((notice) => concerns(notice, touched));
  return { ...result, notices: [...(typeof said === 'function' ? said(result.changes) : said), ...concerned, ...left] };
}

/** Throws where a merge waits for a person to say what is declared. */
function needDecisions(files: Files, { unmerged }: GeneratedOptions): void {
  const problems = undecided(files, unmerged);
  if (problems.length > 0) throw new MillraceError('refused', problems);
}

/** A command's plan, and what it was made for: the workspace that was there, and the pipelines of which that has every release. */
interface PlannedFor extends CommandPlan {
  readonly before: Workspace | undefined;
  readonly releasesOf: readonly string[];
}

function planOf(
  files: Files,
  command: Command,
  options: unknown,
  { generated, history }: { readonly generated: GeneratedOptions; readonly history: History },
): PlannedFor {
  if (command.needs === 'nothing') {
    const before = workspaceIfReadable(files);
    return { before, releasesOf: [], ...command.plan(before, options) };
  }
  needMillrace(files);
  const releasesOf = command.releasesOf?.(options) ?? [];
  const before = readWorkspace(files, releasesOf);
  if (command.needs === 'workspace in sync') needSync(files, generated);
  return { before, releasesOf, ...command.plan(before, options, history) };
}

/** What is there already for a command that needs nothing. It may be the one that mends what cannot be read; what is wrong after it is said then. */
function workspaceIfReadable(files: Files): Workspace | undefined {
  if (files.read(MILLRACE_FILE) === undefined) return undefined;
  try {
    return readWorkspace(files);
  } catch (error) {
    if (error instanceof MillraceError) return undefined;
    throw error;
  }
}

/** Throws where generated files are stale: the command would write them too, for whatever environment they are of. */
function needSync(files: Files, generated: GeneratedOptions): void {
  const stale = [...textsOf(planSync(files, generated).changes).keys()].sort();
  if (stale.length === 0) return;
  const more = stale.length > MOST_NAMED ? ` and ${stale.length - MOST_NAMED} more` : '';
  throw refused(
    `not in sync: ${stale.slice(0, MOST_NAMED).join(', ')}${more} would be changed along with what was asked`,
    'Run millrace sync, look at what it changes, and commit that first.',
  );
}

const MOST_NAMED = 3;

/** Makes every generated file again, with no edits before. What is declared is read and judged here, unless it was already. */
export function planSync(files: Files, generated: GeneratedOptions = NOTHING_SPECIAL, judged?: JudgedWorkspace): Outcome {
  needDecisions(files, generated);
  const { left, ...result } = outcome(files, judged ?? judgedWorkspace(needMillrace(files)), generated, { before: undefined, declared: new Map() });
  return { ...result, notices: [...result.notices, ...left] };
}

/** An outcome, and the edits of somebody in generated files that the command leaves as they are: those are told in any case. */
interface Made extends Outcome {
  readonly left: readonly Problem[];
}

/** The texts of declared files that a command writes, null for one that goes, and the workspace before them. */
interface Edited {
  readonly before: Workspace | undefined;
  readonly declared: ReadonlyMap<string, string | null>;
}

function outcome(files: Files, judged: JudgedWorkspace, options: GeneratedOptions, { before, declared }: Edited): Made {
  const { workspace, problems, touched, notices } = judged;
  if (problems.length + touched.length > 0) throw new MillraceError('refused', [...problems, ...touched]);

  const wanted = manifests(workspace);
  const unknown = [...options.discard].filter((path) => !wanted.has(path) && !isGenerated(files, path));
  if (unknown.length > 0) {
    throw new MillraceError(
      'usage',
      unknown.map((file) => ({ file, message: 'this is no generated file', remedy: 'Name a file that Millrace made, by its path from the root.' })),
    );
  }
  const made = generatedChanges(files, wanted, workspace, options);
  const old = before === undefined || made.refused.length === 0 ? undefined : manifests(before);
  // What a command leaves as it is, absence included: an edit of somebody else's in such a file does not stop it.
  const refused = made.refused.filter(({ file }) => old === undefined || file === undefined || old.get(file) !== wanted.get(file));
  const own = asChanges([...declared].flatMap(([path, text]) => (text === null ? [] : [{ path, text, before: files.read(path) }])));
  const gone = [...declared].flatMap(([path, text]) => {
    const before = text === null ? files.read(path) : undefined;
    return before === undefined ? [] : [{ path, before }];
  });
  const changes: Changes = {
    ...made,
    refused,
    create: [...own.create, ...made.create],
    update: [...own.update, ...made.update],
    delete: [...gone, ...made.delete.filter(({ path }) => declared.get(path) !== null)],
  };
  return {
    workspace,
    changes,
    notices: [...notices, ...kafkaUpgrades(changes), ...vaultPasswords(changes)],
    left: made.refused.filter((problem) => !refused.includes(problem)),
    leaving: leaving(files, changes, workspace),
    deleted: deletedTopics(files, changes),
    stopped: stoppedJobs(files, changes, workspace),
  };
}

function isGenerated(files: Files, path: string): boolean {
  const text = isInsideRepository(path) ? files.readIfText(path) : undefined;
  return text !== undefined && readProvenance(text).kind !== 'foreign';
}

/** The same files, if they are a Millrace repository's; throws else. */
export function needMillrace(files: Files): Files {
  if (files.read(MILLRACE_FILE) !== undefined) return files;
  throw new MillraceError('usage', [
    {
      file: MILLRACE_FILE,
      message: 'this folder is no Millrace repository: the file is missing',
      remedy: 'Change into one, or make one: millrace init --repository <URL>',
    },
  ]);
}
