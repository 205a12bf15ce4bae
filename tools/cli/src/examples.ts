import type { Command as Program } from 'commander';

const examples = new WeakMap<Program, readonly string[]>();

/** Gives a command examples: its help ends with them, and so does its page of the documentation. */
export function addExamples(program: Program, lines: readonly string[]): void {
  examples.set(program, lines);
  if (lines.length > 0) program.addHelpText('after', `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

/** The examples of a command; none where it was given none. */
export function examplesOf(program: Program): readonly string[] {
  return examples.get(program) ?? [];
}
