import { cancel, isCancel, select, text } from '@clack/prompts';
import { misused } from '@millrace/model';
import { optionsOf, type Command, type Option } from '@millrace/workspace';

import { splitList } from './options.js';
import { terminal } from './terminal.js';

type Answers = Readonly<Record<string, unknown>>;

/** Asks for what is needed and was not typed, where somebody is there to answer; else leaves it to the command to refuse. */
export async function askForMissing(command: Command, typed: Answers): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = { ...typed };
  if (!terminal.isInteractive()) return answers;
  for (const option of optionsOf(command)) {
    const { name, required, pattern } = option;
    if (answers[name] !== undefined || !required || option.prompt === undefined) continue;
    const example = exampleOf(option);
    const fits = (value: string) => value !== '' && (pattern === undefined || new RegExp(pattern).test(value));
    answers[name] = await ask(option, option.prompt, {
      placeholder: example,
      validate: (value) => (fits(value) ? undefined : `expected something like ${example ?? name}`),
      help: `millrace ${command.name} --help`,
    });
  }
  return answers;
}

/**
 * Asks for everything that has a question and was not typed, whether needed or not: Enter takes the default. `defaultOf` gives the
 * default of an option, which may depend on the answers so far. Nothing is asked where nobody is there.
 */
export async function askForChoices(
  command: Pick<Command, 'options'>,
  typed: Answers,
  { defaultOf, help }: { readonly defaultOf: (option: string, answers: Answers) => string; readonly help: string },
): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = { ...typed };
  if (!terminal.isInteractive()) return answers;
  for (const option of optionsOf(command)) {
    const { name, prompt } = option;
    if (answers[name] !== undefined || prompt === undefined) continue;
    const start = defaultOf(name, answers);
    const valueOf = (answer: string): unknown => (option.type === 'list' ? splitList(answer) : answer);
    const answer = await ask(option, prompt, {
      placeholder: start,
      start,
      validate: (value) => {
        const parsed = command.options.partial().safeParse({ [name]: valueOf(value === '' ? start : value) });
        return parsed.success ? undefined : parsed.error.issues.map(({ message }) => message).join('; ');
      },
      help,
    });
    answers[name] = valueOf(answer);
  }
  return answers;
}

interface Question {
  readonly placeholder: string | undefined;
  /** What Enter alone answers. */
  readonly start?: string;
  readonly validate: (value: string) => string | undefined;
  /** What to type to learn more before answering. */
  readonly help: string;
}

async function ask({ choices }: Option, message: string, { placeholder, start, validate, help }: Question): Promise<string> {
  const answer =
    choices === undefined
      ? await text({
          message,
          ...(placeholder === undefined ? {} : { placeholder }),
          ...(start === undefined ? {} : { defaultValue: start }),
          validate: (value) => validate(value ?? ''),
        })
      : await select({ message, options: choices.map((value) => ({ value, label: value })) });
  if (isCancel(answer)) {
    cancel('Nothing was changed.');
    throw misused('cancelled', `Run it again when you know: ${help}`);
  }
  return answer;
}

function exampleOf({ examples }: Option): string | undefined {
  const [example] = examples ?? [];
  return typeof example === 'string' || typeof example === 'number' ? String(example) : undefined;
}
