import type { Source } from './source-node.js';

/**
 * Whether the text ends inside a `|` or `>` block without the line break that its value has: the YAML package adds it, other
 * readers do not.
 */
export function endsOpen({ text, root }: Source): boolean {
  let { value: node } = root;
  for (;;) {
    const last = node.kind === 'map' || node.kind === 'seq' ? node.entries.at(-1) : undefined;
    if (last === undefined) break;
    node = last.value;
  }
  if (node.kind !== 'scalar' || node.form !== 'literal' || node.span.end !== text.length || text.endsWith('\n')) return false;
  return !text.slice(node.span.start, node.headEnd).includes('-');
}
