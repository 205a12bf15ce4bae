import type { Source, SourceEntry } from './source-node.js';
import type { YamlPath } from './yaml-value.js';

/** The entries on the way from the document to a path, both included; it ends early where the text has no more. */
export function locate({ root }: Source, path: YamlPath): [SourceEntry, ...SourceEntry[]] {
  const walked: [SourceEntry, ...SourceEntry[]] = [root];
  let { value: node } = root;
  for (const key of path) {
    if (node.kind !== 'map' && node.kind !== 'seq') break;
    const entry = node.entries.find((candidate) => candidate.key === key);
    if (entry === undefined) break;
    walked.push(entry);
    node = entry.value;
  }
  return walked;
}
