import { describe, expect, it } from 'vitest';
import { readResources } from './resource.js';

const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';

function read(fields: string): unknown {
  return readResources(`${head}spec:\n${fields}`)[0]?.body['spec'];
}

describe('reading resources', () => {
  it('gives one for each document, in order, with its own text', () => {
    const second = 'apiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata:\n  name: t\n  namespace: shop\n';
    const resources = readResources(`${head}---\n${second}`);
    expect(resources.map(({ apiVersion, kind, name, namespace }) => [apiVersion, kind, name, namespace])).toEqual([
      ['v1', 'ConfigMap', 'a', undefined],
      ['kafka.strimzi.io/v1', 'KafkaTopic', 't', 'shop'],
    ]);
    expect(resources.map(({ text }) => text)).toEqual([head, second]);
    expect('namespace' in (resources[0] ?? {})).toBe(false);
    expect(readResources('')).toEqual([]);
  });

  it('keeps integers of any size', () => {
    expect(read('  a: 9223372036854775807\n  b: -9223372036854775808\n  c: 0\n  d: 99999999999999999999999\n')).toEqual({
      a: 9223372036854775807n,
      b: -9223372036854775808n,
      c: 0n,
      d: 99999999999999999999999n,
    });
  });

  it('tells fractions, truth, nothing and text apart as kustomize prints them', () => {
    expect(read('  a: 1.5\n  b: 1e+20\n  c: 1e-07\n  d: true\n  e: null\n  f: "true"\n  g: "12"\n  h: yes\n  i: 12:30\n  j: {}\n  k: []\n')).toEqual({
      a: 1.5,
      b: 1e20,
      c: 1e-7,
      d: true,
      e: null,
      f: 'true',
      g: '12',
      h: 'yes',
      i: '12:30',
      j: {},
      k: [],
    });
  });

  it('reads text with a document marker in it as text', () => {
    expect(read('  a: |\n    ---\n    b: c\n    ---\n  d: "\\U0001F30A"\n')).toEqual({ a: '---\nb: c\n---\n', d: '🌊' });
  });

  it('takes field names for names, whatever they are', () => {
    const spec = read('  __proto__: a\n  constructor: b\n');
    expect(Object.entries(spec ?? {})).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });

  it.each(['a: [\n', '- a\n', 'text\n', 'apiVersion: v1\nkind: X\n', 'kind: X\nmetadata:\n  name: a\n'])('refuses what is no resource: %j', (yaml) => {
    expect(() => readResources(yaml)).toThrow();
  });
});
