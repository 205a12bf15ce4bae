import { applyChanges, diskFiles, planCommand, recover, unmergedFiles, type Command } from '@millrace/workspace';
import { MillraceError } from '@millrace/model';
import type { Command as Program } from 'commander';

import { askForMissing } from './ask.js';
import type { Context } from './main.js';
import { addOptions, typedOptions } from './options.js';
import { reportChanges, reportNotices } from './report.js';
import { terminal } from './terminal.js';

/** A command that edits declared files: plan, refuse or write, tell. */
export function addEditCommand(program: Program, command: Command, context: Context): void {
  const sub = program.command(command.name).description(command.summary).option('--dry-run', 'show what would be written, and write nothing');
  addOptions(sub, command);
  sub.action(async () => {
    const root = context.root();
    recoverFirst(root);
    const options = await askForMissing(command, typedOptions(sub, command));
    const { changes, notices } = planCommand(diskFiles(root), command, options, { unmerged: unmergedFiles(root), discard: new Set() });
    if (changes.refused.length > 0) throw new MillraceError('refused', changes.refused);
    const dryRun = sub.opts()['dryRun'] === true;
    if (!dryRun) applyChanges(root, changes);
    reportChanges(changes, dryRun ? 'planned' : 'done');
    reportNotices(notices);
  });
}

/** Undoes what a killed run left, and says so. */
export function recoverFirst(root: string): void {
  const undone = recover(root);
  if (undone > 0) terminal.info(`An earlier run was interrupted while it wrote; what it had written was undone.`);
}
