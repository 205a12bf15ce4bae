import { cancel, isCancel, select, text } from '@clack/prompts';
import { MillraceError } from '@millrace/model';
import { optionsOf, type Command } from '@millrace/workspace';

import { terminal } from './terminal.js';

/** Asks for what is needed and was not typed, where somebody is there to answer; else leaves it to the command to refuse. */
export async function askForMissing(command: Command, typed: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = { ...typed };
  if (!terminal.isInteractive()) return answers;
  for (const { name, prompt, required, choices, examples, pattern } of optionsOf(command)) {
    const [example] = (examples ?? []).map((value) => (typeof value === 'string' || typeof value === 'number' ? String(value) : ''));
    if (answers[name] !== undefined || !required || prompt === undefined) continue;
    const answer =
      choices === undefined
        ? await text({
            message: prompt,
            ...(example === undefined ? {} : { placeholder: example }),
            validate: (value) =>
              value !== undefined && value !== '' && (pattern === undefined || new RegExp(pattern).test(value))
                ? undefined
                : `expected something like ${example ?? name}`,
          })
        : await select({ message: prompt, options: choices.map((value) => ({ value, label: value })) });
    if (isCancel(answer)) {
      cancel('Nothing was changed.');
      throw new MillraceError('usage', [{ message: 'cancelled', remedy: `Run it again when you know: millrace ${command.name} --help` }]);
    }
    answers[name] = answer;
  }
  return answers;
}
