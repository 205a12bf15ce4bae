import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { generatedYaml } from './header.js';
import { readPatch } from './patch.js';
import { formatProblem } from './problem.js';

const FILE = 'environments/prod/kafka/patches/10-brokers.yaml';

describe('a patch file', () => {
  it('names its object itself', () => {
    const text = 'apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata: {name: kafka-cluster}\nspec: {kafka: {config: {log.retention.hours: 24}}}\n';
    expect(readPatch(FILE, text)).toMatchObject({ kind: 'strategic', object: { apiVersion: 'kafka.strimzi.io/v1', kind: 'Kafka', name: 'kafka-cluster' } });
  });

  it('or carries a target: the name in it is a name, and no regular expression', () => {
    const text =
      'target: {group: kafka.strimzi.io, kind: Kafka, name: "a.b+c(d)[e]{f}|g^h$i*j?k\\\\l", namespace: x.y}\npatch: [{op: remove, path: /spec/x}]\n';
    const patch = readPatch(FILE, text);
    if (patch.kind !== 'targeted') throw new Error(`it is ${patch.kind}`);
    expect(patch.target).toEqual({ kind: 'Kafka', name: 'a.b+c(d)[e]{f}|g^h$i*j?k\\l' });
    // kustomize anchors the expression at both ends.
    expect(new RegExp(`^${patch.selector['name'] ?? ''}$`).test(patch.target.name)).toBe(true);
    expect(new RegExp(`^${patch.selector['namespace'] ?? ''}$`).test('xzy')).toBe(false);
    expect(patch.selector).toMatchObject({ kind: 'Kafka' });
    expect(new RegExp(`^${patch.selector['group'] ?? ''}$`).test('kafka.strimzi.io')).toBe(true);
  });

  it('hands its operations on as kustomize would have read them in the file', () => {
    const operations = [
      "- {op: add, path: /a, value: 0755}\n- {op: add, path: /b, value: '0755'}\n- {op: add, path: /c, value: yes}\n- {op: add, path: /d, value: 1e3}",
      '# why\n- op: add\n  path: /spec/e\n  value: 9223372036854775807 # largest\n- {op: add, path: /f, value: 0x1F}\n- {op: add, path: /g, value: ~}',
      '- op: replace\n  path: /h\n  value: |\n    one\n      two\n- &x {op: add, path: /i/-, value: "a: b #c"}\n- *x',
      `- {op: add, path: /j, value: ${'long words '.repeat(30)}}`,
    ];
    for (const list of operations) {
      const indented = list.replace(/^/gm, '  ');
      for (const text of [`target: {kind: K, name: n}\npatch:\n${list}\n`, `patch:\n${indented}\ntarget:\n  kind: K\n  name: n\n`]) {
        const patch = readPatch(FILE, text);
        if (patch.kind !== 'targeted') throw new Error(`it is ${patch.kind}`);
        for (const version of ['1.1', '1.2'] as const) {
          const options = { version, intAsBigInt: true };
          expect(parse(patch.operations, options)).toEqual(parse(list, options));
        }
      }
    }
  });

  it.each([
    ['a copy of a generated file', generatedYaml(FILE, 'do not.', 'apiVersion: v1\nkind: Secret\nmetadata: {name: n}\n'), /generated/],
    ['nothing', '', /mapping/],
    ['a list', '- {op: remove, path: /a}\n', /mapping/],
    ['a word', 'hello\n', /mapping/],
    ['two documents', 'a: 1\n---\nb: 2\n', /YAML/],
    ['no YAML', 'a: b: c\n', /YAML/],
    ['an object without a name', 'apiVersion: v1\nkind: Secret\n', /metadata\.name/],
    ['an object whose name is a number', 'apiVersion: v1\nkind: Secret\nmetadata: {name: 5}\n', /metadata\.name/],
    ['an object without kind', 'apiVersion: v1\nmetadata: {name: n}\n', /kind/],
    ['a target without a name', 'target: {kind: Kafka}\npatch: []\n', /kind and name/],
    ['an empty target', 'target:\npatch: []\n', /kind and name/],
    ['a target with what kustomize does not know', 'target: {kind: Kafka, name: n, names: m}\npatch: []\n', /names/],
    ['operations as text', 'target: {kind: Kafka, name: n}\npatch: "- {op: remove, path: /a}"\n', /list/],
    ['no operations', 'target: {kind: Kafka, name: n}\n', /list/],
    ['an alias of nothing', 'apiVersion: *a\n', /./],
    ['an alias of itself', 'a: &a [*a]\n', /./],
    ['an alias for its operations', 'x: &x [{op: remove, path: /a}]\ntarget: {kind: Kafka, name: n}\npatch: *x\n', /./],
  ])('that is %s is a problem with a place and a remedy', (_what, text, message) => {
    const patch = readPatch(FILE, text);
    if (patch.kind !== 'wrong') throw new Error(`it is ${patch.kind}`);
    expect(formatProblem(patch.problem)).toMatch(new RegExp(`^${FILE}:\\d+:\\d+: .*${message.source}.*\n {4}\\S`));
  });
});
