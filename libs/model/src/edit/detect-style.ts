import { columnOf, lineStart } from './lines.js';
import type { SourceEntry } from './source-node.js';
import { defaultStyle, type YamlStyle } from './yaml-style.js';

/** The layout a file uses most; on a tie the one it uses first, and the default where it shows none. */
export function detectStyle(text: string, root: SourceEntry): YamlStyle {
  const indents: number[] = [];
  const sequenceIndents: number[] = [];
  const quotes: YamlStyle['quotes'][] = [];
  const flowKeys: YamlStyle['flowStrings'][] = [];
  const visit = ({ kind, span, keyForm, value }: SourceEntry): void => {
    if (kind === 'pair' && value.inFlow) flowKeys.push(keyForm === 'double' ? 'double' : 'plain');
    if (value.kind === 'scalar' && (value.form === 'single' || value.form === 'double')) quotes.push(value.form);
    if (value.kind !== 'map' && value.kind !== 'seq') return;
    const onOwnLine = lineStart(text, value.span.start) > span.start;
    if (kind === 'pair' && value.layout === 'block' && onOwnLine) {
      const setIn = columnOf(text, value.span.start) - columnOf(text, span.start);
      if (setIn > 0) indents.push(setIn);
      if (value.kind === 'seq') sequenceIndents.push(setIn);
    }
    value.entries.forEach(visit);
  };
  visit(root);
  return {
    indent: mostCommon(indents) ?? defaultStyle.indent,
    indentSequences: mostCommon(sequenceIndents.map((setIn) => setIn > 0)) ?? defaultStyle.indentSequences,
    quotes: mostCommon(quotes) ?? defaultStyle.quotes,
    flowStrings: mostCommon(flowKeys) ?? defaultStyle.flowStrings,
  };
}

function mostCommon<T>(found: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const each of found) counts.set(each, (counts.get(each) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0];
}
