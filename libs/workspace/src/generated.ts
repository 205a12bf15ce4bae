import { readProvenance, type Problem, type Workspace } from '@millrace/model';

import { CODE_OWNERS_FILE, GITHUB_CODE_OWNERS_FILE } from '@millrace/manifests';

import type { Changes, Write } from './changes.js';
import { filesUnder, type Files } from './files/files.js';
import type { Unmerged } from './git/unmerged-files.js';
import { isMergeOfGenerated } from './merging/merge-of-generated.js';

/** What decides whether a generated file was edited by a person. */
export interface GeneratedOptions {
  /** Files that git has in conflict: their text is a merge in progress, not somebody's edit. */
  readonly unmerged: Unmerged;
  /** Files whose edits are to be dropped (`sync --discard`). */
  readonly discard: ReadonlySet<string>;
}

/**
 * The changes that make the generated files what they should be. `wanted` is what the whole workspace gives; files that
 * carry our header and are wanted no more are deleted. A file that a person edited is refused, never overwritten.
 */
export function generatedChanges(files: Files, wanted: ReadonlyMap<string, string>, workspace: Workspace, options: GeneratedOptions): Changes {
  const create: Write[] = [];
  const update: Write[] = [];
  const gone: { path: string; before: string }[] = [];
  const refused: Problem[] = [];

  for (const [path, text] of wanted) {
    const before = files.read(path);
    if (path === CODE_OWNERS_FILE && isHidden(files, before)) {
      refused.push(hiddenByGithubs());
      continue;
    }
    // A checkout with CRLF is the same file: the checksum is of the LF body too.
    if (before !== undefined && before.replaceAll('\r\n', '\n') === text) continue;
    if (before === undefined) create.push({ path, text, before });
    else if (isEdited(path, before, text, options)) refused.push(editedByHand(path, before));
    else update.push({ path, text, before });
  }
  for (const path of generatedPaths(files, workspace)) {
    if (wanted.has(path)) continue;
    const before = files.readIfText(path);
    if (before === undefined) continue;
    const { kind } = readProvenance(before);
    const merged = isMergeOfGenerated(before);
    if (kind === 'foreign' && !merged) continue;
    if (kind === 'differs' && !merged && !options.discard.has(path) && !options.unmerged.has(path)) refused.push(editedByHand(path, before));
    else gone.push({ path, before });
  }
  return { create, update, delete: gone, refused };
}

/** Whether GitHub takes another file for the owners. A link to ours is ours, also before it leads somewhere. */
function isHidden(files: Files, before: string | undefined): boolean {
  const first = files.readIfText(GITHUB_CODE_OWNERS_FILE);
  return first !== undefined && first !== before;
}

function hiddenByGithubs(): Problem {
  return {
    file: CODE_OWNERS_FILE,
    message: `GitHub reads ${GITHUB_CODE_OWNERS_FILE}, and would not read this file beside it: the owners that are declared would approve nothing`,
    remedy: 'Declare the owners that it names (owners in millrace.yaml, of a team, of an environment) and remove it, or remove those that are declared.',
  };
}

/**
 * A file counts as edited only if its checksum does not fit, its body is not what would be written now, and it is
 * neither the beginning of what would be written (a write that was killed) nor a merge of what Millrace wrote.
 */
function isEdited(path: string, before: string, wanted: string, { unmerged, discard }: GeneratedOptions): boolean {
  if (discard.has(path) || unmerged.has(path) || isMergeOfGenerated(before)) return false;
  const provenance = readProvenance(before);
  if (provenance.kind === 'intact') return false;
  if (wanted.startsWith(before)) return false;
  if (provenance.kind === 'foreign') return true;
  const now = readProvenance(wanted);
  return now.kind === 'foreign' || provenance.body !== now.body;
}

function editedByHand(path: string, before: string): Problem {
  const provenance = readProvenance(before);
  const [message, keep] =
    provenance.kind === 'foreign'
      ? ['this file stands where Millrace wants to write, and Millrace did not write it', 'Move your file elsewhere.']
      : ['this generated file was edited by hand', `It is made from ${provenance.from}: ${provenance.remedy}`];
  return { file: path, position: { line: 1, column: 1 }, message, remedy: `${keep} Then drop what is here: millrace sync --discard ${path}` };
}

/** Every file that lies where only generated files and people's patches lie, and the one that stands among people's own. */
function* generatedPaths(files: Files, workspace: Workspace): Generator<string> {
  yield CODE_OWNERS_FILE;
  // Of pipelines that are gone too.
  for (const { name, kind } of files.list('apps')) if (kind === 'folder') yield* filesUnder(files, `apps/${name}/next`);
  for (const environment of workspace.environments.keys()) {
    for (const { name, kind } of files.list(`environments/${environment}`)) {
      if (kind !== 'folder') continue;
      for (const path of filesUnder(files, `environments/${environment}/${name}`)) {
        if (!path.includes('/patches/')) yield path;
      }
    }
  }
}
