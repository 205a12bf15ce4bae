import { type Alias, type CST, isAlias, isMap, isScalar, isSeq, type ParsedNode, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { headEnd, scalarForm, scalarSpan, scalarValue } from './read-scalar.js';
import { commaBehind, endOf, findMark, holdsEntry, marksOf } from './source-marks.js';
import type { SourceAlias, SourceCollection, SourceEntry, SourceNode, SourceScalar } from './source-node.js';
import type { YamlValue } from './yaml-value.js';

/** Called with a reason and an offset where a document cannot be read truthfully. */
export type Refuse = (reason: string, offset: number) => never;

/** Turns the nodes of one document, from its start to its end, into source nodes. */
export class NodeReader {
  readonly #text: string;
  readonly #refuse: Refuse;
  /** What each anchor stands for at this point of the document; nothing while its own node is being read. */
  readonly #anchors = new Map<string, { value?: YamlValue }>();

  constructor(text: string, refuse: Refuse) {
    this.#text = text;
    this.#refuse = refuse;
  }

  /** @param start the tokens in front of the document's value */
  readRoot(contents: ParsedNode | null, start: readonly CST.SourceToken[]): SourceEntry {
    const marker = findMark(start, 'doc-start');
    const after = marker === undefined ? 0 : endOf(marker);
    const value = this.#read(contents, after, false);
    const span = { start: after, end: value.span.end };
    return {
      kind: 'root',
      key: '',
      keyForm: 'plain',
      span,
      after,
      colon: false,
      comma: undefined,
      anchored: value.anchored,
      value,
    };
  }

  /** @param absentAt where a value would stand that is not there */
  #read(node: ParsedNode | null, absentAt: number, inFlow: boolean): SourceNode {
    if (node === null) {
      const span = { start: absentAt, end: absentAt };
      return {
        kind: 'scalar',
        form: 'absent',
        headEnd: absentAt,
        span,
        value: null,
        inFlow,
        frozen: undefined,
        anchored: false,
      };
    }
    if (isAlias(node)) return this.#readAlias(node, inFlow);
    const slot: { value?: YamlValue } = {};
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, slot);
    const read = isMap(node) || isSeq(node) ? this.#readCollection(node, inFlow) : this.#readScalar(node, absentAt, inFlow);
    slot.value = read.value;
    return read;
  }

  #readAlias(node: Alias.Parsed, inFlow: boolean): SourceAlias {
    const [start, end] = node.range;
    const value = this.#anchors.get(node.source)?.value;
    if (value === undefined) return this.#refuse(`expected an anchor before its alias, found *${node.source}`, start);
    return { kind: 'alias', span: { start, end }, value, inFlow, frozen: `the alias *${node.source}`, anchored: false };
  }

  #readScalar(node: Scalar.Parsed, absentAt: number, inFlow: boolean): SourceScalar {
    const value = scalarValue(node);
    if (value === undefined) return this.#refuse(`expected a YAML 1.2 scalar, found ${node.source}`, node.range[0]);
    const form = scalarForm(node);
    const span = form === 'absent' ? { start: absentAt, end: absentAt } : scalarSpan(node, this.#text);
    const frozen = anchorOrTag(node);
    return {
      kind: 'scalar',
      form,
      headEnd: headEnd(node.srcToken, span.end),
      span,
      value,
      inFlow,
      frozen,
      anchored: node.anchor !== undefined,
    };
  }

  #readCollection(node: YAMLMap.Parsed | YAMLSeq.Parsed, inFlow: boolean): SourceCollection {
    const layout = node.flow === true ? 'flow' : 'block';
    const entries = isMap(node) ? this.#readPairs(node, layout === 'flow') : this.#readItems(node, layout === 'flow');
    const [start, end] = layout === 'flow' ? node.range : [entries[0]?.span.start ?? node.range[0], entries.at(-1)?.span.end ?? node.range[1]];
    const merges = entries.some(({ key, keyForm }) => key === '<<' && keyForm === 'plain');
    // `[a: 1]` holds a mapping that has no braces to put a second pair in.
    const bare = node.srcToken === undefined ? 'a pair without braces' : undefined;
    return {
      kind: isMap(node) ? 'map' : 'seq',
      layout,
      entries,
      span: { start, end },
      value: isMap(node) ? Object.fromEntries(entries.map(({ key, value }) => [key, value.value])) : entries.map(({ value }) => value.value),
      inFlow,
      frozen: anchorOrTag(node) ?? (merges ? 'the merge key <<' : bare),
      anchored: node.anchor !== undefined || entries.some(({ anchored }) => anchored),
    };
  }

  #readPairs(node: YAMLMap.Parsed, inFlow: boolean): SourceEntry[] {
    const seen = new Set<string>();
    return node.items.map(({ key: keyNode, value: valueNode, srcToken: token }) => {
      if (token === undefined) return this.#refuse('expected a pair that was parsed, found none', node.range[0]);
      const key = this.#readKey(keyNode);
      if (seen.has(key)) this.#refuse(`expected different keys, found ${key} twice`, keyNode.range[0]);
      seen.add(key);
      const colon = findMark(token.sep, 'map-value-ind');
      const marks = marksOf(token.start);
      const after = colon === undefined ? Math.max(keyNode.range[1], ...marks.map(endOf)) : endOf(colon);
      const value = this.#read(valueNode, after, inFlow);
      // The node of a key that is not there, as in `: x`, stands anywhere.
      const start = marks[0]?.offset ?? (token.key ? keyNode.range[0] : colon?.offset) ?? value.span.start;
      const end = Math.max(after, value.span.end, ...marksOf(token.sep).map(endOf));
      return {
        kind: 'pair',
        key,
        keyForm: isScalar(keyNode) ? scalarForm(keyNode) : 'plain',
        span: { start, end },
        after,
        colon: colon !== undefined,
        comma: commaBehind(node.srcToken?.items ?? [], token),
        anchored: value.anchored || keyNode.anchor !== undefined,
        value,
      };
    });
  }

  #readKey(node: ParsedNode): string {
    if (!isScalar(node)) return this.#refuse('expected a plain or quoted key, found a collection or an alias', node.range[0]);
    const value = scalarValue(node);
    if (node.anchor !== undefined && value !== undefined) this.#anchors.set(node.anchor, { value });
    return typeof value === 'string' ? value : node.source;
  }

  #readItems(node: YAMLSeq.Parsed, inFlow: boolean): SourceEntry[] {
    const tokens = node.srcToken?.items ?? [];
    const held = tokens.filter(holdsEntry);
    return node.items.map((item, index) => {
      const token = held[index];
      if (token === undefined) return this.#refuse('expected an item that was parsed, found none', node.range[0]);
      const marks = marksOf(token.start);
      const dash = findMark(token.start, 'seq-item-ind');
      const after = dash === undefined ? Math.max(node.range[0], ...marks.map(endOf)) : endOf(dash);
      const value = this.#read(item, after, inFlow);
      const start = marks[0]?.offset ?? value.span.start;
      const end = Math.max(value.span.end, ...marks.map(endOf));
      const comma = commaBehind(tokens, token);
      return {
        kind: 'item',
        key: index,
        keyForm: 'plain',
        span: { start, end },
        after,
        colon: false,
        comma,
        anchored: value.anchored,
        value,
      };
    });
  }
}

/** What is on a node that binds it to other places, or gives it another meaning. */
function anchorOrTag(node: ParsedNode): string | undefined {
  if (node.anchor !== undefined) return `the anchor &${node.anchor}`;
  return node.tag === undefined ? undefined : `the tag ${node.tag}`;
}
