import { commands } from '@millrace/promotion';
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
  return allCommands().map((command) =>
    commandPage(
      command,
      commands.find(({ name }) => name === command.name),
    ),
  );
}
