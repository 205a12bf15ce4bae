import { marked } from 'marked';

/** A command of a page and what the page says that it prints. */
export interface Command {
  /** As it is typed; several lines where it is continued. */
  readonly lines: readonly string[];
  readonly output: string;
}

/** A part of a page: prose that stays as it is, commands to run, or an edit that a person makes. */
export type Part =
  | { readonly kind: 'prose'; readonly raw: string }
  | { readonly kind: 'console'; readonly info: string; readonly exitCode: number; readonly commands: readonly Command[]; readonly raw: string }
  | { readonly kind: 'edit'; readonly diff: string; readonly raw: string };

/**
 * The parts of a page, whose `raw` together are the page. A fenced block `console` has commands, which begin with `$ `
 * (a line that ends with a backslash goes on in the next), and their output; `console exit=1` is one whose last command
 * fails. A block `diff` is an edit.
 */
export function partsOf(page: string): readonly Part[] {
  const parts = marked.lexer(page).map((token): Part => {
    const { raw } = token;
    if (token.type !== 'code' || !('text' in token) || !('lang' in token)) return { kind: 'prose', raw };
    const info = String(token['lang'] ?? '');
    const text = String(token['text']);
    if (info === 'diff') return { kind: 'edit', diff: `${text}\n`, raw };
    if (!/^console(?: |$)/.test(info)) return { kind: 'prose', raw };
    const exit = /^console(?: exit=(\d+))?$/.exec(info);
    if (exit === null) throw new Error(`a block says \`\`\`${info}; it can say console, or console exit=1`);
    return { kind: 'console', info, exitCode: Number(exit[1] ?? 0), commands: commandsOf(text), raw };
  });
  if (parts.map(({ raw }) => raw).join('') !== page) throw new Error('the page cannot be put together again from its parts: is there a carriage return in it?');
  const nested = parts.find(({ kind, raw }) => kind === 'prose' && /^[ >]+```console/m.test(raw));
  if (nested !== undefined) throw new Error(`a block of commands stands inside of something else, where it would not be run:\n${nested.raw}`);
  return parts;
}

function commandsOf(text: string): readonly Command[] {
  const commands: { lines: string[]; output: string[] }[] = [];
  let continued = false;
  for (const line of text.split('\n')) {
    const last = commands.at(-1);
    if (continued && last !== undefined) last.lines.push(line);
    else if (line.startsWith('$ ')) commands.push({ lines: [line.slice(2)], output: [] });
    else if (last === undefined) throw new Error(`a block of commands begins with output: ${line}`);
    else last.output.push(line);
    continued = (continued || line.startsWith('$ ')) && line.endsWith('\\');
  }
  return commands.map(({ lines, output }) => ({ lines, output: output.join('\n').trimEnd() }));
}

/** A block of commands as it stands on a page. */
export function consoleBlock(info: string, commands: readonly Command[]): string {
  const lines = commands.flatMap(({ lines: [first = '', ...more], output }) => [`$ ${first}`, ...more, ...(output === '' ? [] : [output])]);
  return ['```' + info, ...lines, '```'].join('\n');
}
