import { promote, refreshRelease } from '@millrace/promotion';
import { editCommands, type Command } from '@millrace/workspace';
import { commandLine } from 'millrace';

import type { Page } from '../markdown.js';
import { commandPage } from './command-page.js';
import { leafCommands, type LeafCommand } from './leaf-commands.js';

/** Every command that somebody can type, in the order of `millrace --help`. */
export function allCommands(): readonly LeafCommand[] {
  return leafCommands(commandLine(() => undefined));
}

/** A page for every command. */
export function commandPages(): readonly Page[] {
  const edits: readonly Command[] = [...editCommands, promote, refreshRelease];
  return allCommands().map((command) =>
    commandPage(
      command,
      edits.find(({ name }) => name === command.name),
    ),
  );
}
