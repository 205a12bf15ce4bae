import { optionsOf, type Command, type Option } from '@millrace/workspace';
import type { Argument, Option as Flag, Command as Program } from 'commander';
import { examplesOf } from 'millrace';

import { code, either, madeFrom, proseWithRules, table, type Page } from '../markdown.js';
import { exitCodes } from './exit-codes.js';
import { commandPath, type LeafCommand } from './leaf-commands.js';
import { GENERATOR_NOTES, NX_FORMS } from './nx-forms.js';

const RULES = '../operator-rules.md';

/**
 * The page of a command: what the command line knows of it, and for one that edits declared files its schema.
 * Throws for a command of which nobody has said how it is run in Nx.
 */
export function commandPage({ name, program }: LeafCommand, edits: Command | undefined): Page {
  const options = edits === undefined ? [] : optionsOf(edits);
  const usage = [
    ...program.registeredArguments.map((argument) => (argument.variadic ? `[${argument.name()}...]` : `<${argument.name()}>`)),
    ...options.filter(({ required, positional }) => required && positional === undefined).map((option) => `${flagFor(program.options, option.name)} <value>`),
    '[options]',
  ].join(' ');
  const examples = examplesOf(program);
  return {
    path: commandPath(name),
    text: [
      madeFrom('the command'),
      '',
      `# millrace ${name}`,
      '',
      `${proseWithRules(program.description(), RULES)}.`,
      '',
      `    millrace ${name} ${usage}`,
      '',
      '## Options',
      '',
      ...optionsTable(program, options),
      '',
      '`-C`, `--directory <folder>` before the command runs it as if started in that folder; `--help` says all this in the terminal.',
      ...(options.some(({ prompt, required }) => required && prompt !== undefined) ? ['In a terminal, what is needed and not given is asked for.'] : []),
      '',
      ...(examples.length === 0 ? [] : ['## Examples', '', ...examples.map((example) => `    ${example}`), '']),
      '## In Nx',
      '',
      ...nxForm(name, usage, edits, examples),
      '',
      '## Exit codes',
      '',
      ...table(['Code', 'Meaning'], exitCodes(name)),
      '',
    ].join('\n'),
  };
}

/** The arguments and flags of a program; `options` are those of its schema, if it has one. */
export function optionsTable(program: Program, options: readonly Option[]): readonly string[] {
  const known = (attribute: string) => options.find((option) => option.name === attribute);
  return table(
    ['Option', 'Type', 'Default', 'What it says'],
    [
      ...program.registeredArguments.map((argument) => argumentRow(argument, known(argument.name()))),
      // --no-<flag> is the same flag, said the other way.
      ...program.options
        .filter(({ hidden }) => !hidden)
        .sort(dryRunLast)
        .map((flag) => flagRow(flag, known(flag.attributeName()))),
    ],
  );
}

function nxForm(name: string, usage: string, edits: Command | undefined, examples: readonly string[]): readonly string[] {
  // Nx has no command of two words.
  const generatorName = `@millrace/nx:${name.replaceAll(' ', '-')}`;
  const generator = (line: string) => line.replace(`millrace ${name}`, `nx g ${generatorName}`);
  if (edits !== undefined) {
    const note = GENERATOR_NOTES[name];
    return [
      `The generator takes the same options; \`--dry-run\` is Nx's own.${note === undefined ? '' : ` ${note}`}`,
      '',
      ...(examples.length === 0 ? [`    nx g ${generatorName} ${usage}`] : examples.slice(0, 1).map((example) => `    ${generator(example)}`)),
    ];
  }
  const form = NX_FORMS[name];
  if (form === undefined) throw new Error(`tools/docs/src/commands/nx-forms.ts does not say how ${name} is run in Nx`);
  return form;
}

function argumentRow(argument: Argument, option: Option | undefined): readonly string[] {
  const form = argument.variadic ? `[${argument.name()}...]` : `<${argument.name()}>`;
  return [code(form), typeOf(option, argument.variadic ? 'list' : 'text'), defaultOf(option, undefined), proseWithRules(sentence(argument.description), RULES)];
}

function flagRow(flag: Flag, option: Option | undefined): readonly string[] {
  const choices = flag.argChoices;
  const plain = choices !== undefined ? either(choices.map(code)) : flag.isBoolean() ? 'switch' : flag.variadic ? 'list' : 'text';
  const form = `${flag.long ?? flag.flags}${flag.isBoolean() ? '' : flag.optional ? ' [true|false]' : flag.variadic ? ' <values...>' : option?.type === 'list' ? ' <values>' : ' <value>'}`;
  return [
    code(form),
    typeOf(option, plain),
    defaultOf(option, flag.negate ? undefined : flag.defaultValue),
    proseWithRules(sentence(option?.description ?? flag.description), RULES),
  ];
}

function typeOf(option: Option | undefined, otherwise: string): string {
  if (option === undefined) return otherwise;
  const [example] = (option.examples ?? []).filter((value) => typeof value === 'string' || typeof value === 'number');
  const like = example === undefined ? '' : `, such as ${code(String(example))}`;
  if (option.choices !== undefined) return either(option.choices.map(code));
  if (option.pairs) return 'key=value, repeatable';
  if (option.type === 'list') return 'list: repeated, or with commas';
  if (option.type === 'boolean') return 'switch';
  return `${option.type === 'string' ? 'text' : option.type === 'integer' ? 'whole number' : 'number'}${like}`;
}

function defaultOf(option: Option | undefined, otherwise: unknown): string {
  const value = option?.default ?? otherwise;
  if (option?.required === true) return '*needed*';
  return typeof value === 'string' || typeof value === 'number' || value === true ? code(String(value)) : '';
}

function flagFor(flags: readonly Flag[], option: string): string {
  return flags.find((flag) => flag.attributeName() === option)?.long ?? `--${option}`;
}

function dryRunLast(a: Flag, b: Flag): number {
  return Number(a.attributeName() === 'dryRun') - Number(b.attributeName() === 'dryRun');
}

function sentence(text: string): string {
  // What is typed stays as it is typed.
  return /^(?:true|false|npm)\b/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
