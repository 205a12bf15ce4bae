import { flagOf, optionsOf, type Command, type Option } from '@millrace/workspace';
import { Argument, Option as Flag, type Command as Program } from 'commander';

import { addExamples } from './examples.js';

/** What of a command is shown, and how. */
interface Shown {
  readonly hidden?: readonly string[];
}

/** Gives a command of the command line the arguments and flags of a Millrace command. */
export function addOptions(program: Program, command: Pick<Command, 'options' | 'examples'>, { hidden = [] }: Shown = {}): void {
  for (const option of optionsOf(command)) {
    if (option.positional !== undefined) {
      // Never required here: a missing one is asked for, or refused by the command's schema with its own words.
      program.addArgument(new Argument(`[${option.name}]`, option.description));
      continue;
    }
    if (hidden.includes(option.name)) continue;
    const flag = new Flag(
      `${flagOf(option.name)}${option.type === 'boolean' ? ' [true|false]' : option.type === 'list' ? ' <values>' : ' <value>'}`,
      description(option),
    );
    if (option.choices !== undefined) flag.choices(option.choices);
    // Lists are repeated or separated by commas, and one word each, so that a name may stand behind; key=value pairs may have commas in them.
    if (option.type === 'list') flag.argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), ...split(option, value)]);
    if (option.type === 'integer' || option.type === 'number') flag.argParser((value: string) => (/^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value));
    if (option.type === 'boolean') flag.argParser((value: string) => (value === 'true' ? true : value === 'false' ? false : value));
    program.addOption(flag);
    // As Nx takes it too: --no-managed is --managed false. After the flag itself, which has no default then.
    if (option.type === 'boolean') program.addOption(new Flag(`--no-${flagOf(option.name).slice('--'.length)}`).hideHelp());
  }
  addExamples(program, command.examples);
}

function split(option: Option, value: string): readonly string[] {
  return option.pairs ? [value] : splitList(value);
}

/** A list as it is typed in one go, with commas. */
export function splitList(value: string): readonly string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function description({ description, required, default: value, examples }: Option): string {
  const hint = required ? ' (needed)' : typeof value === 'string' || typeof value === 'number' ? ` (default: ${value})` : '';
  const first = examples?.[0];
  const example = required && (typeof first === 'string' || typeof first === 'number') ? `, for example ${first}` : '';
  return `${description}${example}${hint}`;
}

/** What was typed, by the names of the command's schema. */
export function typedOptions(program: Program, command: Pick<Command, 'options'>): Record<string, unknown> {
  const typed: Record<string, unknown> = {};
  const flags = program.opts();
  for (const { name } of optionsOf(command)) if (flags[name] !== undefined) typed[name] = flags[name];
  const positional = optionsOf(command).filter((option) => option.positional !== undefined);
  for (const [index, { name }] of positional.entries()) if (program.args[index] !== undefined) typed[name] = program.args[index];
  return typed;
}
