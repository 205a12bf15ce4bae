import { applyChanges, diskFiles, gitHistory, planCommand, refuseSparse, unmergedFiles, whereItIs, type Command } from '@millrace/workspace';
import { MillraceError } from '@millrace/model';
import type { Command as Program } from 'commander';

import { askForMissing } from './ask.js';
import type { Context } from './main.js';
import { addOptions, typedOptions } from './options.js';
import { reportChanges, reportConsequences, reportNotices } from './report.js';
import { startOn } from './start-on.js';

/** A command that edits declared files: plan, refuse or write, tell. */
export function addEditCommand(program: Program, command: Command, context: Context): void {
  const { parent, name } = commandNamed(program, command.name);
  const sub = parent.command(name).description(command.summary).option('--dry-run', 'Show what would be written, and write nothing');
  addOptions(sub, command);
  sub.action(async () => {
    const root = command.needs === 'nothing' ? context.folder() : context.root();
    const dryRun = sub.opts()['dryRun'] === true;
    startOn(root, dryRun ? 'reads' : 'writes');
    refuseSparse(root);
    const { options, notices: found } = whereItIs(command, root, await askForMissing(command, typedOptions(sub, command)));
    const outcome = planCommand(diskFiles(root), command, options, { unmerged: unmergedFiles(root), discard: new Set() }, gitHistory(root));
    const { changes, notices } = outcome;
    if (changes.refused.length > 0) throw new MillraceError('refused', changes.refused);
    if (!dryRun) applyChanges(root, changes);
    reportChanges(changes, dryRun ? 'planned' : 'done');
    reportConsequences(outcome);
    reportNotices([...found, ...notices]);
  });
}

/** What the commands of a group have in common. */
const GROUPS: Readonly<Record<string, string>> = { releases: 'Releases, as promotions cut them' };

/** Where a command hangs: the last word of its name, under a command for each word before (`releases refresh`). */
function commandNamed(program: Program, name: string): { readonly parent: Program; readonly name: string } {
  const words = name.split(' ');
  const parent = words
    .slice(0, -1)
    .reduce((above, word) => above.commands.find((one) => one.name() === word) ?? above.command(word).description(GROUPS[word] ?? word), program);
  return { parent, name: words.at(-1) ?? name };
}
