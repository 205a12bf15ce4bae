/** A page of the documentation: where it is, from the root, and what it says. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** The first line of a page that is made, for whoever opens it to change it. */
export function madeFrom(source: string): string {
  return `<!-- Made by \`npm run docs\` from ${source}. Do not edit. -->`;
}

/** A table; cells are Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** Text as it is, in code. */
export function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** Prose from a schema, as Markdown: nothing in it is markup. */
export function prose(text: string): string {
  return text.replace(/[\\`*<>[\]]/g, (character) => `\\${character}`);
}

/** Prose whose numbers of rules (R16) lead to the page of the operators' rules. */
export function proseWithRules(text: string, toRules: string): string {
  return prose(text).replace(/\bR(\d+)\b/g, (_all, number: string) => `[R${number}](${toRules}#r${number})`);
}

/** A list of words: `a`, `b` or `c`. */
export function either(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}
