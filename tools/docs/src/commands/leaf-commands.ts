import type { Command as Program } from 'commander';

/** A command that somebody can run: its name as it is typed, and what the command line knows of it. */
export interface LeafCommand {
  /** `topic`, `schemas add`. */
  readonly name: string;
  readonly program: Program;
}

/** The commands of the command line, those of a group one by one, without its help. */
export function leafCommands(program: Program, prefix = ''): readonly LeafCommand[] {
  return program.commands.flatMap((command) => {
    const name = `${prefix}${command.name()}`;
    return command.commands.length === 0 ? [{ name, program: command }] : leafCommands(command, `${name} `);
  });
}

/** The page of a command. */
export function commandPath(name: string): string {
  return `docs/commands/${name.replaceAll(' ', '-')}.md`;
}
