import { describe, expect, it } from 'vitest';
import type * as z from 'zod';

import { environmentSchema } from './declared/environment.js';
import { pipelineSchema } from './declared/pipeline.js';
import { placementSchema } from './declared/placement.js';
import { formatProblem } from './problem.js';
import { locate, readDeclared } from './read-declared.js';

const FILE = 'apps/orders/pipeline.yaml';
const START = 'pipeline: orders\nteam: shop\n';

/** What is wrong with a file, as people see it: `file:line:column: message`, and below it the remedy. */
function told(text: string, schema: z.ZodType = pipelineSchema): readonly string[] {
  const reading = readDeclared(FILE, text, schema);
  return reading.kind === 'wrong' ? reading.problems.map(formatProblem) : [];
}

/** A problem at a place, with a message and a remedy that are sentences. */
function problem(place: string, message: RegExp, remedy = /\S/): RegExp {
  return new RegExp(`^${FILE}:${place}: ${message.source}.*\n {4}.*${remedy.source}`);
}

/** What `retention.ms: <value>` is taken for. */
function config(value: string): string | undefined {
  const reading = readDeclared(FILE, `${START}topics:\n  orders: {partitions: 1, config: {retention.ms: ${value}}}\n`, pipelineSchema);
  return reading.kind === 'read' ? reading.declared.value.topics['orders']?.config['retention.ms'] : undefined;
}

describe('a declared file', () => {
  it('is read with its text and the defaults of what it leaves out', () => {
    const text = `# ours\n${START}topics: {orders: {partitions: 10}} # ten\n`;
    expect(readDeclared(FILE, text, pipelineSchema)).toEqual({
      kind: 'read',
      declared: {
        file: FILE,
        text,
        value: {
          pipeline: 'orders',
          team: 'shop',
          kafka: 'main',
          topics: { orders: { partitions: 10, config: {}, managed: true } },
          externalTopics: {},
          users: {},
          jobs: {},
        },
      },
    });
  });

  it('tells all its errors at once, each where a person would look, with what to do', () => {
    const text = [
      'pipeline: Orders', // 1
      'topcs: {}', // 2
      'topics:', // 3
      '  orders: {partitions: many, config: {a: 0755}}', // 4
      '  Totals: {partitions: 3}', // 5
      '  totals: {}', // 6
      '  sums: {partitions: 0}', // 7
      'users: []', // 8
      'jobs:', // 9
      '  sum:', // 10
      '    user: app', // 11
      '    flinkVersion: v3_0', // 12
      '    args: [1, "2"]', // 13
      '',
    ].join('\n');
    const found = told(text);
    for (const expected of [
      problem('1:11', /pipeline: .*lower-case/, /for example order-processor/),
      problem('1:1', /team is missing/, /Add team, for example/),
      problem('2:1', /topcs is not a key of the file/, /Did you mean topics\?/),
      problem('4:24', /topics\.orders\.partitions: expected a whole number/),
      problem('4:42', /0755 is a number/, /Write 755 .*"0755"/),
      problem('5:3', /"Totals": .*lower-case/, /Rename the key Totals/),
      problem('6:11', /topics\.totals\.partitions is missing/, /Add partitions/),
      problem('7:22', /topics\.sums\.partitions: expected 1 or more/),
      problem('8:8', /users: expected/),
      problem('12:19', /jobs\.sum\.flinkVersion: expected one of v1_19, v1_20, v2_0, v2_1, v2_2/),
      problem('13:12', /jobs\.sum\.args\.0: expected string/),
    ]) {
      expect(found).toContainEqual(expect.stringMatching(expected));
    }
    expect(found).toHaveLength(11);
  });

  it.each([
    ['a number for a name', `pipeline: 5\nteam: shop\n`, '1:11', /pipeline: .*string/],
    ['a word for a number', `${START}topics: {orders: {partitions: many}}\n`, '3:31', /topics\.orders\.partitions: .*whole number/],
    ['a fraction for a whole number', `${START}topics: {orders: {partitions: 1.5}}\n`, '3:31', /topics\.orders\.partitions: .*whole number/],
    ['a text for a list', `${START}jobs: {j: {user: u, flinkVersion: v2_2, args: --verbose}}\n`, '3:47', /jobs\.j\.args: expected (?:an array|array|a list)/],
    [
      'a number in a list of texts',
      `${START}jobs:\n  j:\n    user: u\n    flinkVersion: v2_2\n    args:\n    - "1"\n    - 2\n`,
      '9:7',
      /jobs\.j\.args\.1: .*string/,
    ],
    ['a list for a mapping', `${START}topics: [orders]\n`, '3:9', /topics: /],
  ])('says what was expected where it finds %s', (_what, text, place, message) => {
    const [first = '', ...others] = told(text);
    expect(first).toMatch(problem(place, message));
    expect(first).not.toMatch(/missing/);
    expect(others).toEqual([]);
  });

  it.each(['topics:\n', 'topics: ~\n', 'topics: null\n'])('does not take a key without a value for a missing one: %j', (line) => {
    const [first = '', ...others] = told(START + line);
    expect(first).toMatch(problem('3:1', /topics has no value/));
    expect(others).toEqual([]);
  });

  it.each([
    ['release', 'releas: next\n', placementSchema, /Did you mean release\?/],
    ['jobs.j.flinkVersion', `${START}jobs: {j: {user: u, flinkversion: v2_2}}\n`, pipelineSchema, /Did you mean flinkVersion\?/],
  ])('says that %s is missing, also beside a key that is spelled wrong', (name, text, schema, remedy) => {
    const found = told(text, schema);
    expect(found).toHaveLength(2);
    expect(found).toContainEqual(expect.stringContaining(`${name} is missing\n`));
    expect(found).toContainEqual(expect.stringMatching(remedy));
  });

  it('says how to call a topic whose name in Kafka is no key, and stays', () => {
    expect(told(`${START}externalTopics: {cdc.customers: {}}\n`)).toEqual([
      expect.stringMatching(
        problem('3:18', /"cdc\.customers": .*: call it cdc-customers here, and cdc\.customers its topicName/, /Rename the key cdc\.customers/),
      ),
    ]);
    expect(told(`${START}topics: {"my topic": {partitions: 1}}\n`)[0]).toContain('(for example orders)');
  });

  it('suggests no key that is nothing like the one that is there, but names those that it knows', () => {
    const [first] = told(`${START}zzzzzzzz: 1\n`);
    expect(first).not.toContain('Did you mean');
    expect(first).toContain('externalTopics');
  });

  it('wants each key once', () => {
    const [first = '', ...others] = told(`${START}team: orders\n`);
    expect(first).toMatch(problem('3:1', /.*unique/, /Remove one of the two keys/));
    expect(others).toEqual([]);
  });

  it.each([
    ['an open flow mapping', `${START}topics: {orders: {partitions: 1}\n`],
    ['a mapping in a value', 'pipeline: orders: x\n'],
    ['a tab for indentation', 'topics:\n\torders: {}\n'],
    ['two documents', `${START}---\n${START}`],
    ['an open quote', 'pipeline: "orders\n'],
    ['a merge in progress', `pipeline: orders\n<<<<<<< HEAD\nteam: shop\n=======\nteam: orders\n>>>>>>> other\n`],
  ])('that is not YAML is no crash, but a problem with a place: %s', (_what, text) => {
    const found = told(text);
    expect(found).not.toEqual([]);
    expect(found.filter((one) => !problem('\\d+:\\d+', /\S/).test(one))).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['only a comment', '# later\n'],
    ['a list', '- pipeline: orders\n'],
    ['a word', 'orders\n'],
    ['a number', '5\n'],
  ])('holds a mapping, and not %s', (_what, text) => {
    const [first = '', ...others] = told(text);
    expect(first).toMatch(problem('1:1', /the file/));
    expect(others).toEqual([]);
  });

  it('may use anchors and aliases', () => {
    const reading = readDeclared(FILE, `${START}topics: {orders: &ten {partitions: 10}, totals: *ten}\n`, pipelineSchema);
    expect(reading).toMatchObject({ kind: 'read', declared: { value: { topics: { orders: { partitions: 10 }, totals: { partitions: 10 } } } } });
  });

  it.each([
    ['of nothing', `${START}topics: *ten\n`],
    ['of itself', `${START}topics: &all {orders: *all}\n`],
    ['of far too much', `a: &a [${'x,'.repeat(9)}]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: [${'*c,'.repeat(9)}]\n`],
  ])('with an alias %s is wrong, and no crash', (_what, text) => {
    expect(told(text)).toContainEqual(expect.stringMatching(problem('\\d+:\\d+', /.*alias/)));
  });

  it('is read alike with Windows line endings and a byte order mark', () => {
    const text = `${START}topics: {orders: {partitions: many}}\n`;
    expect(told(text)).toHaveLength(1);
    expect(told(text.replaceAll('\n', '\r\n'))).toEqual(told(text));
    expect(readDeclared(FILE, `\ufeff${START}`.replaceAll('\n', '\r\n'), pipelineSchema).kind).toBe('read');
  });
});

describe('a number that YAML readers take for different values', () => {
  it.each([
    ['0755', '755'],
    ['1e3', '1000'],
    ['0x10', '16'],
    ['0o17', '15'],
    ['+5', '5'],
    ['007', '7'],
  ])('%s is refused, with both ways to write it', (source, value) => {
    const [first = '', ...others] = told(`${START}topics:\n  orders: {partitions: 1, config: {retention.ms: ${source}}}\n`);
    expect(first.startsWith(`${FILE}:4:50: ${source} `)).toBe(true);
    expect(first).toContain(`Write ${value} `);
    expect(first).toContain(`"${source}"`);
    expect(others).toEqual([]);
    expect(config(`"${source}"`)).toBe(source);
    expect(config(value)).toBe(value);
  });

  it('is refused as a key, too', () => {
    expect(told(`${START}topics: {orders: {partitions: 1, config: {0x10: a}}}\n`)).toContainEqual(expect.stringMatching(problem('3:43', /0x10/)));
  });
});

describe('what stays as it is spelled', () => {
  it.each([
    'yes',
    'no',
    'on',
    'off',
    'y',
    'n',
    '1_000',
    '12:30',
    '2026-11-01',
    '1.2.3',
    '60s',
    '9223372036854775807',
    '-9223372036854775808',
    '9007199254740993',
    '0',
    '-1',
    'true',
    'false',
  ])('%s', (source) => {
    expect(config(source)).toBe(source);
  });

  it.each(['~', '1.5', '[1]', '{a: 1}', '.inf'])('but a setting is a text, a whole number or true/false, and not %s', (source) => {
    expect(config(source)).toBeUndefined();
  });
});

describe('the settings of an environment', () => {
  const text = [
    'environment: dev',
    'layout: 7',
    'platform: 2026.11',
    'cluster: {server: "https://user:secret@host"}',
    'kafka:',
    '  cluster: kafka',
    '  namespace: kafka',
    '  brokers: {replicas: 1, storage: {class: fast-ssd, size: 10gi}, resources: {memory: 5, cpu: true}}',
    'flink: {mode: sesion, storage: s3://bucket/}',
    '',
  ].join('\n');

  it('each says what it should be', () => {
    const expected: readonly (readonly [line: number, message: RegExp])[] = [
      [2, /layout: .*1/],
      [3, /platform: expected one of "2026\.08", "2026\.11"/],
      [4, /cluster\.server: .*without user name or password/],
      [8, /.*storage\.size: .*quantity \(for example 100Gi\)/],
      [8, /.*resources\.memory: .*(?:string|quantity)/],
      [8, /.*resources\.cpu: .*(?:string|number|quantity|cores)/],
      [9, /flink\.mode: .*application.*session/],
      [9, /flink\.storage: .*without closing slash/],
    ];
    const found = told(text, environmentSchema);
    for (const [line, message] of expected) expect(found).toContainEqual(expect.stringMatching(problem(`${line}:\\d+`, message)));
    expect(found).toHaveLength(expected.length);
  });

  it('never repeats a password from the file', () => {
    expect(told(text, environmentSchema).join('\n')).not.toContain('secret');
  });
});

describe('the place of a value', () => {
  const text = `# c\n${START}topics:\n  orders: {partitions: 10}\n  totals:\n    partitions: 3\njobs: {sum: {user: u, flinkVersion: v2_2, args: [a, b]}}\n`;
  const reading = readDeclared(FILE, text, pipelineSchema);

  it.each([
    ['a value', ['topics', 'orders', 'partitions'], 5, 24],
    ['a value in a block', ['topics', 'totals', 'partitions'], 7, 17],
    ['an item', ['jobs', 'sum', 'args', 1], 8, 53],
    ['the deepest part that is there', ['topics', 'totals', 'config', 'a'], 7, 5],
    ['the start where nothing is', ['users', 'u'], 2, 1],
  ])('is found: %s', (_what, path, line, column) => {
    if (reading.kind === 'wrong') throw new Error('it is wrong');
    expect(locate(reading.declared, path)).toEqual({ line, column });
  });
});
