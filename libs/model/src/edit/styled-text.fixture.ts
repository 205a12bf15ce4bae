import { isMapping } from '../mapping.js';
import { isSequence, type YamlPath, type YamlValue } from './yaml-value.js';

/** A line of a text, and what has to stay as it is for the line to stay as it is. */
export interface StyledLine {
  readonly text: string;
  readonly owner: YamlPath;
  /** `value`: the whole value at `owner`; `kind`: only that a collection of this kind, not empty, is there. */
  readonly needs: 'value' | 'kind';
}

/** Numbers from 0 to 1, the same ones for the same seed. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return ((state >>> 8) & 0xffff) / 0x10000;
  };
}

/** Writes values as people do: no two in the same way, with comments in between, all of them different. */
export class StyledText {
  readonly lines: StyledLine[] = [];
  readonly #roll: () => number;
  readonly #step: number;
  readonly #dashStep: number;
  #comments = 0;
  /** Whether an empty line here would belong to the text block above. */
  #isKept = false;

  constructor(roll: () => number) {
    this.#roll = roll;
    this.#step = this.#chance(0.5) ? 2 : 4;
    this.#dashStep = this.#chance(0.5) ? 0 : this.#step;
  }

  document(value: YamlValue): void {
    if (this.#chance(0.2)) this.#add(`# yaml-language-server: $schema=${this.#comments++}`, [], 'kind');
    if (this.#chance(0.2)) this.#add(`---${this.#endComment()}`, [], 'kind');
    if (this.#isBlock(value)) this.#block(value, [], 0, '');
    else this.#add(this.#inline(value) + this.#endComment(), [], 'value');
  }

  /** @param lead what already stands on the first line, as wide as `column`, where the first entry goes behind a dash */
  #block(value: YamlValue, path: YamlPath, column: number, lead: string): void {
    const margin = ' '.repeat(column);
    const entries: [string | number, YamlValue][] = isSequence(value)
      ? value.map((item, index) => [index, item])
      : Object.entries(isMapping(value) ? value : {});
    entries.forEach(([key, item], at) => {
      const isFirst = at === 0 && lead !== '';
      if (!isFirst && !this.#isKept && this.#chance(0.2)) this.#add('', path, 'value');
      if (!isFirst && this.#chance(0.2)) this.#add(`${margin}${this.#comment()}`, path, 'kind');
      const start = isFirst ? lead : margin;
      if (typeof key === 'number') this.#item(start, item, [...path, key], column);
      else this.#pair(start, key, item, [...path, key], column);
    });
    if (this.#chance(0.2)) this.#add(`${margin}${this.#comment()}`, path, 'kind');
  }

  #item(start: string, item: YamlValue, path: YamlPath, column: number): void {
    if (this.#isBlock(item)) {
      const gap = this.#chance(0.3) ? 4 : 2;
      this.#block(item, path, column + gap, start + '-'.padEnd(gap));
    } else {
      this.#leaf(`${start}- `, item, path, column + this.#step);
    }
  }

  #pair(start: string, key: string, value: YamlValue, path: YamlPath, column: number): void {
    const name = this.#key(key);
    if (!this.#isBlock(value)) return this.#leaf(`${start}${name}: `, value, path, column + this.#step);
    this.#add(`${start}${name}:${this.#endComment()}`, path, 'kind');
    const deeper = column + (isSequence(value) ? this.#dashStep : this.#step);
    if (this.#chance(0.1)) this.#add(`${' '.repeat(deeper)}${this.#comment()}`, path, 'kind');
    this.#block(value, path, deeper, '');
  }

  #leaf(start: string, value: YamlValue, path: YamlPath, deeper: number): void {
    const margin = ' '.repeat(deeper);
    if (typeof value === 'string' && /^[a-z].*\n/.test(value) && !/[^ -~\n]/.test(value) && this.#chance(0.7)) {
      const body = value.replace(/\n+$/, '');
      const breaks = value.length - body.length;
      this.#add(`${start}|${breaks === 0 ? '-' : breaks === 1 ? '' : '+'}${this.#endComment()}`, path, 'value');
      for (const line of body.split('\n')) this.#add(line === '' ? '' : margin + line, path, 'value');
      for (let more = 1; more < breaks; more++) this.#add('', path, 'value');
      this.#isKept = breaks > 1;
    } else if (value === null && this.#chance(0.5)) {
      this.#add(start.trimEnd() + this.#endComment(), path, 'value');
    } else if ((isMapping(value) || isSequence(value)) && this.#chance(0.4)) {
      this.#brackets(start, value, path, margin);
    } else if (this.#chance(0.1) && start.endsWith(': ')) {
      this.#add(start.trimEnd() + this.#endComment(), path, 'value');
      this.#add(margin + this.#inline(value) + this.#endComment(), path, 'value');
    } else {
      this.#add(start + this.#inline(value) + this.#endComment(), path, 'value');
    }
  }

  /** A collection in brackets, an entry a line. */
  #brackets(start: string, value: YamlValue, path: YamlPath, margin: string): void {
    const items = isSequence(value)
      ? value.map((item) => this.#inline(item))
      : Object.entries(isMapping(value) ? value : {}).map(([key, item]) => `${this.#key(key)}: ${this.#inline(item)}`);
    const [open, close] = isSequence(value) ? (['[', ']'] as const) : (['{', '}'] as const);
    this.#add(start + open, path, 'value');
    items.forEach((item, at) => {
      if (this.#chance(0.2)) this.#add(`${margin}${this.#comment()}`, path, 'kind');
      const comma = at < items.length - 1 || this.#chance(0.5) ? ',' : '';
      this.#add(margin + item + comma + this.#endComment(), path, 'value');
    });
    this.#add(margin.slice(1) + close + this.#endComment(), path, 'value');
  }

  #inline(value: YamlValue): string {
    const pad = this.#chance(0.3) ? ' ' : '';
    const comma = this.#chance(0.2) ? ',' : '';
    if (isSequence(value)) return `[${pad}${value.map((item) => this.#inline(item)).join(', ')}${value.length > 0 ? comma : ''}${pad}]`;
    if (isMapping(value)) {
      const pairs = Object.entries(value).map(([key, item]) => `${this.#key(key)}: ${this.#inline(item)}`);
      return `{${pad}${pairs.join(', ')}${pairs.length > 0 ? comma : ''}${pad}}`;
    }
    if (typeof value === 'string') return this.#string(value);
    if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value).toString();
    return value === null && this.#chance(0.5) ? '~' : String(value);
  }

  #key(key: string): string {
    return this.#string(key);
  }

  #string(value: string): string {
    if (/^[a-z][a-z-]*$/.test(value) && !['null', 'true', 'false'].includes(value) && this.#chance(0.6)) return value;
    if (!/[^ -~]/.test(value) && this.#chance(0.5)) return `'${value.replaceAll("'", "''")}'`;
    return JSON.stringify(value).replace(/[\u007f-\u00a0\u2028\u2029\ufeff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  }

  #isBlock(value: YamlValue): boolean {
    if (isSequence(value)) return value.length > 0 && this.#chance(0.7);
    return isMapping(value) && Object.keys(value).length > 0 && this.#chance(0.8);
  }

  #comment(): string {
    return `# comment ${this.#comments++}.`;
  }

  #endComment(): string {
    return this.#chance(0.25) ? ` ${this.#comment()}` : '';
  }

  #add(text: string, owner: YamlPath, needs: StyledLine['needs']): void {
    this.lines.push({ text, owner, needs });
    this.#isKept = false;
  }

  #chance(probability: number): boolean {
    return this.#roll() < probability;
  }
}
