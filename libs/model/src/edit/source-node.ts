import type { YamlStyle } from './yaml-style.js';
import type { YamlValue } from './yaml-value.js';

/** A stretch of a text: `end` is the first offset that no longer belongs to it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** How a scalar is written; `absent` is the null of `key:` with nothing behind it. */
export type ScalarForm = 'absent' | 'plain' | 'single' | 'double' | 'literal';

interface NodeBase {
  /** From the first to the last character of the value, without anchor, tag, end-of-line comment and line break. */
  readonly span: Span;
  readonly value: YamlValue;
  /** Whether the node stands inside brackets or braces, where indentation means nothing. */
  readonly inFlow: boolean;
  /** Why neither this node nor anything inside may be edited; `undefined` where it may. */
  readonly frozen: string | undefined;
  /** Whether an anchor is defined on the node or inside it, so that an alias elsewhere may need it. */
  readonly anchored: boolean;
}

export interface SourceScalar extends NodeBase {
  readonly kind: 'scalar';
  readonly form: ScalarForm;
  /** End of what stands on the first line: for a `|` or `>` scalar the end of its header, else the end of the span. */
  readonly headEnd: number;
}

export interface SourceCollection extends NodeBase {
  readonly kind: 'map' | 'seq';
  readonly layout: 'block' | 'flow';
  readonly entries: readonly SourceEntry[];
}

export interface SourceAlias extends NodeBase {
  readonly kind: 'alias';
}

export type SourceNode = SourceScalar | SourceCollection | SourceAlias;

/** A place that holds a value: a pair of a mapping, an item of a sequence, or the document itself. */
export interface SourceEntry {
  readonly kind: 'pair' | 'item' | 'root';
  /** The key's text for a pair, the index for an item. */
  readonly key: string | number;
  /** How a pair's key is written; `plain` for the others. */
  readonly keyForm: ScalarForm;
  /** From the key, `?` or `-` to the end of the value. */
  readonly span: Span;
  /** Just behind the `:`, `-` or `---`; behind the key of a pair that has no `:`. */
  readonly after: number;
  /** Whether a pair has its `:`. */
  readonly colon: boolean;
  /** Offset of the comma behind a flow entry, if it has one. */
  readonly comma: number | undefined;
  /** Whether an anchor is defined in the entry, its key included. */
  readonly anchored: boolean;
  readonly value: SourceNode;
}

/** A text and where everything stands in it. */
export interface Source {
  readonly text: string;
  readonly eol: '\n' | '\r\n';
  readonly root: SourceEntry;
  /** Where the document's content may reach: the offset of a closing `...`, else the end of the text. */
  readonly contentEnd: number;
  readonly style: YamlStyle;
}
