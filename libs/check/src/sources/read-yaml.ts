import type { Value, ValueMap } from '@millrace/kustomize';
import { FAILSAFE_SCHEMA, loadAll, Type, YAMLException } from 'js-yaml';

import { duplicateKey, type DuplicateKey } from './duplicate-key.js';

/** A YAML file as kubectl reads it, or why it cannot. */
export type YamlReading =
  | {
      readonly kind: 'read';
      /** One value a document, in order; an empty document is null. */
      readonly documents: readonly Value[];
      /** A key that a map has twice: kubectl and kustomize refuse it. The first one. */
      readonly duplicate?: DuplicateKey;
    }
  | { readonly kind: 'broken'; readonly message: string; readonly mark: Mark };

/** A place in a text, both from one. */
export interface Mark {
  readonly line: number;
  readonly column: number;
}

// Expanded values above this are a bomb of aliases (or a file that no API server takes: etcd's limit is 1.5 MiB an object).
const mostValues = 2_000_000;

/*
 * What a plain scalar means is what sigs.k8s.io/yaml makes of it, which kubectl, kustomize and Argo CD share: YAML 1.1's booleans
 * and octal numbers, but neither its base 60 nor its timestamps (goyaml.v2, resolve.go).
 */
const scalar = (tag: string, is: (text: string) => boolean, construct: (text: string) => unknown): Type =>
  new Type(`tag:yaml.org,2002:${tag}`, {
    kind: 'scalar',
    // js-yaml hands over null where there is no text at all.
    resolve: (text: unknown) => is(typeof text === 'string' ? text : ''),
    construct: (text: unknown) => construct(typeof text === 'string' ? text : ''),
  });
const TRUE = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const INTEGER = /^[-+]?(?:0b[01_]+|0x[\da-fA-F_]+|0o?[0-7_]+|0|[1-9][\d_]*)$/;
const FLOAT = /^[-+]?(?:\.\d+|\d[\d_]*(?:\.[\d_]*)?)(?:[eE][-+]?\d+)?$/;
const schema = FAILSAFE_SCHEMA.extend({
  implicit: [
    new Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (text: unknown) => text === '<<' }),
    scalar(
      'null',
      (text) => /^(?:|~|null|Null|NULL)$/.test(text),
      () => null,
    ),
    scalar(
      'bool',
      (text) => TRUE.test(text) || FALSE.test(text),
      (text) => TRUE.test(text),
    ),
    scalar('int', (text) => INTEGER.test(text), toInteger),
    scalar(
      'float',
      (text) => FLOAT.test(text),
      (text) => Number(text.replaceAll('_', '')),
    ),
  ],
});

function toInteger(text: string): bigint {
  const digits = text.replaceAll('_', '').replace(/^[-+]/, '');
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return text.startsWith('-') ? -value : value;
}

/**
 * Reads YAML or JSON that a person wrote. Never throws: what cannot be read is a value, with its place.
 * Integers are bigints, whatever their size.
 */
export function readYaml(text: string): YamlReading {
  const strict = load(text, false);
  if (strict.kind === 'read' || !strict.message.startsWith('duplicated mapping key')) return strict;
  const loose = load(text, true);
  return loose.kind === 'read' ? { ...loose, duplicate: duplicateKey(text, strict.mark) } : loose;
}

function load(text: string, lastKeyWins: boolean): YamlReading {
  const documents: Value[] = [];
  const broken = (message: string): YamlReading => ({ kind: 'broken', message, mark: { line: 1, column: 1 } });
  try {
    const budget = { left: mostValues };
    for (const document of loadEach(text, lastKeyWins)) {
      const value = toValue(document, budget, 0);
      if (value === tooMuch) return broken(`its aliases expand to more than ${mostValues} values, or to a value within itself`);
      documents.push(value);
    }
    return { kind: 'read', documents };
  } catch (error) {
    if (!(error instanceof YAMLException)) return broken(error instanceof Error ? error.message : String(error));
    return { kind: 'broken', message: error.reason, mark: { line: error.mark.line + 1, column: error.mark.column + 1 } };
  }
}

function loadEach(text: string, lastKeyWins: boolean): readonly unknown[] {
  const documents: unknown[] = [];
  loadAll(text, (document) => documents.push(document), { schema, json: lastKeyWins });
  return documents;
}

const tooMuch = Symbol('too much');
const deepest = 500;

/** The value written out, aliases included; `tooMuch` where that has no end, or none soon. */
function toValue(value: unknown, budget: { left: number }, depth: number): Value | typeof tooMuch {
  if ((budget.left -= 1) < 0 || depth > deepest) return tooMuch;
  switch (typeof value) {
    case 'string':
    case 'bigint':
    case 'boolean':
    case 'number':
      return value;
    case 'object': {
      if (value === null) return null;
      if (Array.isArray(value)) {
        const list: Value[] = [];
        for (const item of value) {
          const made = toValue(item, budget, depth + 1);
          if (made === tooMuch) return tooMuch;
          list.push(made);
        }
        return list;
      }
      const map: Record<string, Value> = {};
      for (const [key, item] of Object.entries(value)) {
        const made = toValue(item, budget, depth + 1);
        if (made === tooMuch) return tooMuch;
        Object.defineProperty(map, key, { value: made, enumerable: true, writable: true, configurable: true });
      }
      return map satisfies ValueMap;
    }
    default:
      return null;
  }
}
