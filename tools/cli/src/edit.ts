import { applyChanges, diskFiles, planCommand, recover, unmergedFiles, type Command } from '@millrace/workspace';
import { MillraceError } from '@millrace/model';
import type { Command as Program } from 'commander';

import { askForMissing } from './ask.js';
import type { Context } from './main.js';
import { addOptions, typedOptions } from './options.js';
import { reportChanges, reportNotices, reportStopped } from './report.js';
import { terminal } from './terminal.js';

/** A command that edits declared files: plan, refuse or write, tell. */
export function addEditCommand(program: Program, command: Command, context: Context): void {
  const { parent, name } = commandNamed(program, command.name);
  const sub = parent.command(name).description(command.summary).option('--dry-run', 'show what would be written, and write nothing');
  addOptions(sub, command);
  sub.action(async () => {
    const root = context.root();
    recoverFirst(root);
    const options = await askForMissing(command, typedOptions(sub, command));
    const { changes, notices, stopped } = planCommand(diskFiles(root), command, options, { unmerged: unmergedFiles(root), discard: new Set() });
    if (changes.refused.length > 0) throw new MillraceError('refused', changes.refused);
    const dryRun = sub.opts()['dryRun'] === true;
    if (!dryRun) applyChanges(root, changes);
    reportChanges(changes, dryRun ? 'planned' : 'done');
    reportStopped(stopped);
    reportNotices(notices);
  });
}

/** Where a command hangs: the last word of its name, under a command for each word before (`releases refresh`). */
function commandNamed(program: Program, name: string): { readonly parent: Program; readonly name: string } {
  const words = name.split(' ');
  const parent = words
    .slice(0, -1)
    .reduce((above, word) => above.commands.find((one) => one.name() === word) ?? above.command(word).description(`Commands about ${word}`), program);
  return { parent, name: words.at(-1) ?? name };
}

/** Undoes what a killed run left, and says so. */
export function recoverFirst(root: string): void {
  const undone = recover(root);
  if (undone > 0) terminal.info(`An earlier run was interrupted while it wrote; what it had written was undone.`);
}
