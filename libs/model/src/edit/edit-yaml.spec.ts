import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { editYaml } from './edit-yaml.js';
import { EditError } from './edit-error.js';
import type { Edit } from './edit.js';
import type { YamlValue } from './yaml-value.js';

function set(path: string, value: YamlValue): Edit {
  return { kind: 'set', path: path === '' ? [] : path.split('.'), value };
}

function remove(path: string): Edit {
  return { kind: 'delete', path: path.split('.') };
}

/** name, text before, edits, text after */
type Row = readonly [string, string, readonly Edit[], string];

function behave(rows: readonly Row[]): void {
  it.each(rows)('%s', (_name, before, edits, after) => {
    const edited = editYaml(before, edits);
    expect(edited).toBe(after);
    expect(editYaml(edited, edits)).toBe(after);
    const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
    // Lone line feeds in a text without any line break have no Windows form to compare with.
    if (before.includes('\n')) expect(editYaml(crlf(before), edits)).toBe(crlf(after));
  });
}

describe('a scalar that is replaced', () => {
  behave([
    ['keeps the comments around it', '# top\na: 1 # one\n# below\nb: 2\n', [set('a', 5)], '# top\na: 5 # one\n# below\nb: 2\n'],
    ['stays as it is when it says so already', "a:   'x'   # x\nb: 0x10\n", [set('a', 'x'), set('b', 16)], "a:   'x'   # x\nb: 0x10\n"],
    ['keeps double quotes', 'a: "x"\n', [set('a', 'y')], 'a: "y"\n'],
    ['keeps single quotes', "a: 'x'\n", [set('a', "it's")], "a: 'it''s'\n"],
    ['gives up single quotes that cannot hold it', "a: 'x'\n", [set('a', 'x\ty')], 'a: "x\\ty"\n'],
    ['gives up quotes for another type', 'a: "5"\n', [set('a', 5)], 'a: 5\n'],
    ['gets quotes where it needs them', 'a: x\n', [set('a', 'yes')], 'a: "yes"\n'],
    ['gets the quotes the file uses', "a: x\nb: 'y z'\n", [set('a', 'yes')], "a: 'yes'\nb: 'y z'\n"],
    ['spans lines no more', 'a: one\n  two # c\nb: "x\n  y"\n', [set('a', 'z'), set('b', 'w')], 'a: z # c\nb: "w"\n'],
    ['stays on its own line', 'a:\n  # why\n  1 # c\nb: 2\n', [set('a', 5)], 'a:\n  # why\n  5 # c\nb: 2\n'],
    ['fills an empty value', 'a: # c\nb:\n- \n', [set('a', 1), set('b.0', 'x')], 'a: 1 # c\nb:\n- x \n'],
    ['is written exactly beyond 2^53', 'a: 1\n', [set('a', 9223372036854775807n)], 'a: 9223372036854775807\n'],
    ['has a point and a sign in its exponent', 'a: 1\nb: 1\n', [set('a', 1e-7), set('b', 1.5e300)], 'a: 1.0e-7\nb: 1.5e+300\n'],
    ['stands in an explicit pair', '? a # k\n: 1 # v\n? b\n: 2\n', [set('a', 5)], '? a # k\n: 5 # v\n? b\n: 2\n'],
    ['has a quoted key', '"a b": 1\n\'c\': 2\n', [set('a b', 5), set('c', 6)], '"a b": 5\n\'c\': 6\n'],
    ['has a key that is a number', '8080: a\ntrue: b\n', [set('8080', 'x'), set('true', 'z')], '8080: x\ntrue: z\n'],
    ['is an item', 'a:\n- x # one\n-   z\n', [set('a.0', 'v'), set('a.1', 'w')], 'a:\n- v # one\n-   w\n'],
    ['is the document', '# c\n5 # five\n', [set('', 6)], '# c\n6 # five\n'],
  ]);
});

describe('a text block', () => {
  behave([
    ['is replaced below its header', 'a: |- # sh\n    one\n    two\nb: 1\n', [set('a', 'three\n\n  four')], 'a: |- # sh\n    three\n\n      four\nb: 1\n'],
    ['becomes a scalar', 'a: | # sh\n  one\n  two\n\n# b\nb: 1\n', [set('a', 5)], 'a: 5 # sh\n\n# b\nb: 1\n'],
    ['becomes a mapping', 'a: | # sh\n  one\nb: 1\n', [set('a', { x: 1 })], 'a: # sh\n  x: 1\nb: 1\n'],
    ['stays a block for one line', 'a: |\n  one\nb: 1\n', [set('a', 'two\n')], 'a: |\n  two\nb: 1\n'],
    ['is no folded one after an edit', 'a: >-\n  one\n  two\n', [set('a', 'x\ny')], 'a: |-\n  x\n  y\n'],
    ['comes from a plain scalar', 'a: x # c\nb: 1\n', [set('a', 'x\ny\n')], 'a: | # c\n  x\n  y\nb: 1\n'],
    ['does not come from a quoted scalar', 'a: "x" # c\n', [set('a', 'x\ny\n')], 'a: "x\\ny\\n" # c\n'],
    ['is a neighbour with its empty lines', 'a: |+\n  x\n\n\nb: |\n  y\n\n', [set('c', 1)], 'a: |+\n  x\n\n\nb: |\n  y\nc: 1\n\n'],
    ['is a neighbour that keeps its empty lines', 'a:\n  b: |+\n    x\n\nc: 1\n', [set('a.d', 1), remove('c')], 'a:\n  b: |+\n    x\n\n  d: 1\n'],
    ['is not written with spaces that an editor would strip', 'a: x\n', [set('a', 'x \ny')], 'a: "x \\ny"\n'],
    [
      'is no place for comments',
      'a:\n  # c\nb: x\n  # d\ne:\n  # f\n  g: 1\n',
      ['a', 'b', 'e'].map((key) => set(key, 'x\ny')),
      'a: "x\\ny"\n  # c\nb: "x\\ny"\n  # d\ne: "x\\ny"\n  # f\n',
    ],
    ['gets the line break it needs at the end of the text', 'b: 1\na: x', [set('a', 'x\ny\n')], 'b: 1\na: |\n  x\n  y\n'],
  ]);
});

describe('a new key', () => {
  behave([
    ['comes last', 'a: 1\nb: 2\n', [set('c', 3)], 'a: 1\nb: 2\nc: 3\n'],
    ['gets no line break at the end that the text does not have', 'a: 1', [set('b', 2)], 'a: 1\nb: 2'],
    [
      'comes below the comments of the last entry',
      'a:\n  b: 1 # one\n  # b2: 2\n# about c\nc: 1\n',
      [set('a.d', 3)],
      'a:\n  b: 1 # one\n  # b2: 2\n  d: 3\n# about c\nc: 1\n',
    ],
    ['comes above comments that stand apart', 'a: 1\n\n# vim: ft=yaml\n', [set('b', 2)], 'a: 1\nb: 2\n\n# vim: ft=yaml\n'],
    ['stands apart where all do', 'a: 1\n\nb: 2\n', [set('c', 3)], 'a: 1\n\nb: 2\n\nc: 3\n'],
    ['does not stand apart from a text block that would take the empty line', 'a: 1\n\nb: |+\n  x\n', [set('c', 3)], 'a: 1\n\nb: |+\n  x\nc: 3\n'],
    [
      'takes the indentation of its mapping',
      'a:\n     b:\n      c: 1\nd: 1\n',
      [set('a.b.e', { f: [1] })],
      'a:\n     b:\n      c: 1\n      e:\n           f:\n                - 1\nd: 1\n',
    ],
    ['takes the indentation of the file', 'a:\n    b: 1\n', [set('c.d.e', 1)], 'a:\n    b: 1\nc:\n    d:\n        e: 1\n'],
    ['takes the dashes of the file', 'a:\n- x\n', [set('b', ['z', { c: 1, d: [2] }])], 'a:\n- x\nb:\n- z\n- c: 1\n  d:\n  - 2\n'],
    ['goes into an empty value', 'topics: # all\n\nb: 1\n', [set('topics.orders', { m: 1 })], 'topics: # all\n  orders:\n    m: 1\n\nb: 1\n'],
    [
      'goes into an empty value below its comments',
      'topics:\n  # name: partitions\nb: 1\n',
      [set('topics.orders', 1)],
      'topics:\n  # name: partitions\n  orders: 1\nb: 1\n',
    ],
    ['goes into {} as a block', 'topics: {} # all\nb: 1\n', [set('topics.orders.m', 1)], 'topics: # all\n  orders:\n    m: 1\nb: 1\n'],
    ['goes into an explicit null', 'topics: ~\n', [set('topics.orders', 1)], 'topics:\n  orders: 1\n'],
    ['makes all its parents', '', [set('a.b.c', 1)], 'a:\n  b:\n    c: 1\n'],
    ['goes into a mapping behind a dash', '- a: 1\n  # c\n- b\n', [set('0.d', { e: 1 })], '- a: 1\n  # c\n  d:\n    e: 1\n- b\n'],
    ['goes below a schema comment', '# yaml-language-server: $schema=x.json\n', [set('a', 1)], '# yaml-language-server: $schema=x.json\na: 1\n'],
    ['goes below ---', '# c\n--- # d\n', [set('a', 1)], '# c\n--- # d\na: 1\n'],
    ['goes above ...', 'a: 1\n...\n# end\n', [set('b', 1)], 'a: 1\nb: 1\n...\n# end\n'],
    ['is quoted where all it stands with are', '"a": 1\n', [set('b', 'x')], '"a": 1\n"b": x\n'],
    ['is quoted where it needs to be', 'a: 1\n', [set('yes', 1), set('1', 2)], 'a: 1\n"yes": 1\n"1": 2\n'],
    ['may be named like what every object has', 'a: 1\n', [set('constructor', 1), set('__proto__', { x: 1 })], 'a: 1\nconstructor: 1\n__proto__:\n  x: 1\n'],
    [
      'comes after a sequence that is not set in',
      'a:\n  b:\n  - x\n  # c\n',
      [set('a.c', 1), set('a.b', ['x', 'z'])],
      'a:\n  b:\n  - x\n  - z\n  # c\n  c: 1\n',
    ],
    ['comes after an explicit pair', '? a\n: 1\n', [set('b', 2)], '? a\n: 1\nb: 2\n'],
  ]);
});

describe('brackets and braces', () => {
  behave([
    ['receive a pair', 'a: {b: 1} # c\n', [set('a.c', 'x')], 'a: {b: 1, c: x} # c\n'],
    ['keep their spaces', 'a: { b: 1 }\n', [set('a.c', { d: [1, 'x,y'] })], 'a: { b: 1, c: {d: [1, "x,y"]} }\n'],
    ['keep their last comma', 'a: [1, 2,]\n', [set('a', [1, 2, 3])], 'a: [1, 2, 3,]\n'],
    ['receive a line', 'a: {\n  b: 1, # one\n  c: 2  # two\n}\n', [set('a.d', 3)], 'a: {\n  b: 1, # one\n  c: 2,  # two\n  d: 3\n}\n'],
    ['receive a line with a comma', 'a: [\n  1, # one\n  2, # two\n]\n', [set('a', [1, 2, 3])], 'a: [\n  1, # one\n  2, # two\n  3,\n]\n'],
    ['receive a line before a brace', 'a: {\n  b: 1,\n  c: 2}\n', [set('a.d', 3)], 'a: {\n  b: 1,\n  c: 2,\n  d: 3}\n'],
    [
      'receive an item in the middle',
      'a: [1, 3]\nb: [\n  1,\n  # three\n  3\n]\n',
      [set('a', [0, 1, 2, 3]), set('b', [1, 2, 3])],
      'a: [0, 1, 2, 3]\nb: [\n  1,\n  2,\n  # three\n  3\n]\n',
    ],
    ['stay brackets inside others', 'a: [{}, []]\n', [set('a.0.b', 1), set('a.1', [1])], 'a: [{b: 1}, [1]]\n'],
    ['lose entries', 'a: {b: 1, c: 2, d: 3}\n', [remove('a.c')], 'a: {b: 1, d: 3}\n'],
    ['lose the first', 'a: [1, 2, 3]\n', [set('a', [2, 3])], 'a: [2, 3]\n'],
    ['lose the last', 'a: { b: 1, c: 2 }\n', [remove('a.c')], 'a: { b: 1 }\n'],
    ['lose the only one', 'a: { b: 1, }\n', [remove('a.b')], 'a: {}\n'],
    ['lose lines', 'a: {\n  b: 1, # one\n  # about c\n  c: 2 # two\n}\n', [remove('a.c')], 'a: {\n  b: 1 # one\n  # about c\n}\n'],
    ['lose the first line', 'a: {\n  b: 1, # one\n  c: 2 # two\n}\n', [remove('a.b')], 'a: {\n  c: 2 # two\n}\n'],
    ['fill what is empty', 'a: {b, c: , d: }\n', [set('a.b', 1), set('a.c', 2), set('a.d', 3)], 'a: {b: 1, c: 2 , d: 3 }\n'],
    [
      'stay JSON',
      '{\n  "a": {"b": "x"},\n  "c": []\n}\n',
      [set('a.d', { e: 'y' }), set('c', ['z'])],
      '{\n  "a": {"b": "x", "d": {"e": "y"}},\n  "c": ["z"]\n}\n',
    ],
    ['become a scalar', 'a: [1,\n  2] # c\nb: 1\n', [set('a', 'x')], 'a: x # c\nb: 1\n'],
    ['become a block', 'a: [1,\n  2] # c\nb: 1\n', [set('a', { x: 1 })], 'a: # c\n  x: 1\nb: 1\n'],
  ]);
});

describe('a deleted key', () => {
  behave([
    ['takes its line and its block', 'a: 1\nb: # b\n  c: 1\n  # c\n\n  # cc\nd: 1\n', [remove('b')], 'a: 1\nd: 1\n'],
    ['leaves the comments above it', '# top\n\n# a\na: 1 # aa\n# b\nb: 2\n', [remove('a')], '# top\n\n# a\n# b\nb: 2\n'],
    ['leaves one of two empty lines', 'a: 1\n\nb: 2\n\nc: 3\n', [remove('b')], 'a: 1\n\nc: 3\n'],
    ['leaves no empty line at the end', 'a: 1\n\nb: 2\n', [remove('b')], 'a: 1\n'],
    ['leaves {} where it was alone', 'a: # c\n  # b\n  b: 1\nc: 1\n', [remove('a.b')], 'a: {} # c\n  # b\nc: 1\n'],
    ['leaves {} in an item', '- a: 1\n- b\n', [remove('0.a')], '- {}\n- b\n'],
    ['leaves {} in the document', '# c\na: 1\n', [remove('a')], '# c\n{}\n'],
    ['lets the next key of an item move up', '- a: 1 # a\n  # b\n  b: 1\n', [remove('0.a')], '- # b\n  b: 1\n'],
    ['may be absent', 'a: 1\n', [remove('b'), remove('a.b'), remove('b.c.d')], 'a: 1\n'],
    ['may be the last of a text without a line break', 'a: 1\nb: 2', [remove('b')], 'a: 1'],
    ['may come before a text block', 'a: 1\nb: |+\n  x\n\n', [remove('a')], 'b: |+\n  x\n\n'],
    ['does not leave its empty lines to a text block above', 'a: |+\n  x\nb: 1\n\nc: 2\n', [remove('b')], 'a: |+\n  x\nc: 2\n'],
    ['may be explicit', '? a\n# c\n: 1\nb: 2\n', [remove('a')], 'b: 2\n'],
  ]);
});

describe('a collection that is set', () => {
  behave([
    [
      'keeps what both have in common',
      'a:\n  b: 1 # one\n  # c\n  c: 2\n  d: 3\n',
      [set('a', { d: 4, b: 1, e: 5 })],
      'a:\n  b: 1 # one\n  # c\n  d: 4\n  e: 5\n',
    ],
    ['inserts an item after the one it follows', 'a:\n  - x # one\n  # z\n  - z\n', [set('a', ['x', 'w', 'z'])], 'a:\n  - x # one\n  - w\n  # z\n  - z\n'],
    ['inserts a first item', 'a:\n  # x\n  - x\n', [set('a', [{ b: 1, c: 2 }, 'x'])], 'a:\n  # x\n  - b: 1\n    c: 2\n  - x\n'],
    ['takes an item out', 'a:\n  - x # one\n  # y\n  - y\n  - z\n', [set('a', ['x', 'z'])], 'a:\n  - x # one\n  # y\n  - z\n'],
    [
      'knows items by their name',
      'c:\n  - name: a # a\n    v: 1\n  - name: b # b\n    v: 1 # bv\n',
      [set('c', [{ name: 'b', v: 2 }])],
      'c:\n  - name: b # b\n    v: 2 # bv\n',
    ],
    ['becomes another kind', 'a: # c\n  # d\n  b: 1\ne: 1\n', [set('a', ['x', 'z'])], 'a: # c\n  # d\n  - x\n  - z\ne: 1\n'],
    ['becomes a scalar', 'a: # c\n  # d\n  b: 1\n  # e\nf: 1\n', [set('a', 5)], 'a: 5 # c\n  # d\nf: 1\n'],
    ['becomes a scalar in an item', '- a: 1\n  b: 2\n- c\n', [set('0', 'x')], '- x\n- c\n'],
    ['comes from a scalar', 'a: 5 # c\nb: 1\n', [set('a', { x: [] })], 'a: # c\n  x: []\nb: 1\n'],
    ['comes from a scalar on its own line', 'a:\n  5\nb:\n  6 # c\nc: 1\n', [set('a', { x: 1 }), set('b', { x: 1 })], 'a:\n  x: 1\nb:\n   # c\n  x: 1\nc: 1\n'],
    ['comes from an item', '-   x # c\n- y\n', [set('0', { a: 1, b: 2 })], '-   a: 1 # c\n    b: 2\n- y\n'],
    [
      'keeps wide gaps behind dashes',
      '-   a: 1\n    b: 2\n',
      [
        set('', [
          { a: 1, b: 2 },
          { c: 1, d: 2 },
        ]),
      ],
      '-   a: 1\n    b: 2\n-   c: 1\n    d: 2\n',
    ],
    ['nests dashes', '- - x\n', [set('', [['w', 'x', 'v'], [['z']]])], '- - w\n  - x\n  - v\n- - - z\n'],
    ['is the document', '# c\n--- 5\n', [set('', { a: 1 })], '# c\n---\na: 1\n'],
  ]);
});

describe('a text that is not touched', () => {
  it('keeps its byte order mark', () => {
    expect(editYaml('\uFEFFa: 1\n', [set('b', 2)])).toBe('\uFEFFa: 1\nb: 2\n');
  });

  it('comes back as it was when there is nothing to do', () => {
    const text = '---\n  a:   [1,2 , 3 ]\n  b: "x\\\n    y"\n  # c\n\n\n';
    expect(editYaml(text, [])).toBe(text);
    expect(editYaml(text, [set('a', [1, 2, 3]), set('b', 'xy'), remove('c')])).toBe(text);
  });

  it('keeps anchors and aliases beside the edit', () => {
    const text = 'a: &x 1\nb: *x\nc: {<<: *x}\nd: 1\n';
    expect(editYaml(text, [set('d', 2), remove('b'), set('c', { '<<': 1 })])).toBe('a: &x 1\nc: {<<: *x}\nd: 2\n');
  });
});

describe('what is refused', () => {
  it.each<readonly [string, string, readonly Edit[], number, number, RegExp]>([
    ['a syntax error', 'a: 1\nb: [1\n', [], 3, 1, /not valid YAML/],
    ['a key that stands twice', 'a: 1\na: 2\n', [], 2, 1, /not valid YAML/],
    ['two keys that read alike', 'a: 1\n1: 1\n"1": 2\n', [], 3, 1, /different keys, found 1 twice/],
    ['two documents', 'a: 1\n---\nb: 1\n', [], 2, 1, /one document/],
    ['a directive', '%YAML 1.1\n---\na: 1\n', [], 1, 1, /no directive, found %YAML 1.1/],
    ['a key that is a collection', 'a: 1\n? [b]\n: 1\n', [], 2, 3, /plain or quoted key/],
    ['an alias inside its anchor', 'a: &x [*x]\n', [], 1, 8, /anchor before its alias, found \*x/],
    ['an alias without an anchor', 'a: *x\n', [], 1, 4, /\*x|x/],
    ['an edit of an anchored value', 'a: &x 1\n', [set('a', 2)], 1, 1, /cannot edit a: found the anchor &x/],
    ['an edit inside an anchored value', 'a: 1\nb: &x\n  c: 1\n', [set('b.c', 2)], 2, 1, /cannot edit b.c: found the anchor &x/],
    ['an edit of an alias', 'a: &x 1\nb: *x\n', [set('b', 2)], 2, 1, /found the alias \*x/],
    ['an edit inside an alias', 'a: &x {c: 1}\nb: *x\n', [set('b.c', 2)], 2, 1, /found the alias \*x/],
    ['an edit beside a merge', 'a: &x {c: 1}\nb:\n  <<: *x\n  d: 1\n', [set('b.c', 2)], 2, 1, /found the merge key <</],
    ['removal of an anchor', 'a:\n  b: &x 1\nc: *x\n', [remove('a')], 1, 1, /found an anchor inside/],
    ['removal of an anchored key', 'a:\n  &x b: 1\nc: *x\n', [remove('a')], 1, 1, /found an anchor inside/],
    ['replacement of an anchor', 'a:\n  b: &x 1\nc: *x\n', [set('a', 1)], 1, 1, /found an anchor inside/],
    ['a tagged value', 'a: !vault x\n', [set('a', 'y')], 1, 1, /found the tag !vault/],
    ['a pair without braces', 'a: [b: 1]\n', [set('a.0.c', 1)], 1, 5, /a pair without braces/],
    ['an explicit key without a value', '? a\n', [set('a', 1)], 1, 1, /explicit key/],
    ['a parent that is a scalar', 'a: 1\nb: text\n', [set('b.c', 1)], 2, 1, /mapping that can hold c, found a string/],
    ['an item that is not there', 'a: [1]\n', [set('a.1', 1)], 1, 1, /item from 0 to 0, found 1/],
    ['deletion of an item', 'a: [1]\n', [remove('a.0')], 1, 1, /found the item 0 of a sequence/],
    ['deletion of the document', 'a: 1\n', [{ kind: 'delete', path: [] }], 1, 1, /whole document/],
  ])('%s', (_name, text, edits, line, column, message) => {
    const attempt = (): string => editYaml(text, edits);
    expect(attempt).toThrow(EditError);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(expect.objectContaining({ line, column }));
  });

  it('a value that is none', () => {
    const value: YamlValue = JSON.parse('{"a":{"b":1}}');
    expect(() => editYaml('', [set('x', Object.assign(value ?? {}, { c: new Date(0) }))])).toThrow(/expected a YAML value at c, found Date/);
  });
});

it('reads back what the yaml package reads', () => {
  expect(parse(editYaml('a: 1\n', [set('b.c', [{ d: 'e: f' }])]))).toEqual({ a: 1, b: { c: [{ d: 'e: f' }] } });
});
