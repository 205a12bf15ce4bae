import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { editYaml } from './edit-yaml.js';
import { writeYaml } from './write-yaml.js';
import { sameValue, type YamlValue } from './yaml-value.js';

const VERSIONS = ['1.1', '1.2'] as const;
const RUNS = Number(process.env['RUNS'] ?? 500);

describe('what is written', () => {
  it.each<readonly [string, YamlValue, string]>([
    ['a mapping', { a: 1, b: { c: true, d: null } }, 'a: 1\nb:\n  c: true\n  d: null\n'],
    ['a sequence', { a: ['x', { b: 1, c: [2] }, [3, 4], {}, []] }, 'a:\n  - x\n  - b: 1\n    c:\n      - 2\n  - - 3\n    - 4\n  - {}\n  - []\n'],
    ['a text of several lines', { a: 'x\n\n  y: 1\n', b: ['#!/bin/sh\nexit 0'] }, 'a: |\n  x\n\n    y: 1\nb:\n  - |-\n    #!/bin/sh\n    exit 0\n'],
    ['a line with its break', 'x\n', '"x\\n"\n'],
    ['a scalar', 'x', 'x\n'],
    [
      'numbers',
      [1, -0, 0.1, 1e21, 1e-7, 2 ** 60, NaN, -Infinity, 9223372036854775807n],
      '- 1\n- -0.0\n- 0.1\n- 1.0e+21\n- 1.0e-7\n- 1152921504606846976\n- .nan\n- -.inf\n- 9223372036854775807\n',
    ],
  ])('%s', (_name, value, text) => {
    expect(writeYaml(value)).toBe(text);
  });

  it('follows the options', () => {
    expect(writeYaml({ a: ['x', 'a: b'], c: { d: 1 } }, { indent: 4, indentSequences: false, quotes: 'single' })).toBe("a:\n- x\n- 'a: b'\nc:\n    d: 1\n");
  });

  it('refuses a key that no reader takes', () => {
    expect(() => writeYaml({ ['x'.repeat(2000)]: 1 })).toThrow(TypeError);
  });
});

describe('strings', () => {
  it.each([
    'word',
    'two words',
    'a-b_c.d/e',
    'registry.example:5000/a/b',
    'v1_19',
    '256Mi',
    '30s',
    '2h',
    '--verbose',
    '-c',
    '$(HOME)',
    'http://x/y?z=1#w',
    "it's",
    'a, b',
    'x[0]',
    'é',
    '日本',
    'a:b',
    'a#b',
    '/path',
    'yesterday',
    'nullable',
    '1.19-java11',
  ])('%s needs no quotes', (string) => {
    expect(writeYaml(string)).toBe(`${string}\n`);
  });

  const special = [
    'y',
    'N',
    'yes',
    'No',
    'on',
    'OFF',
    'true',
    'False',
    'null',
    'NULL',
    '~',
    '',
    '=',
    '<<',
    '1',
    '+1',
    '-1',
    '1e3',
    '1E+3',
    '0755',
    '0o755',
    '0x1F',
    '0b11',
    '1_000',
    '12:30',
    '12:30:45.5',
    '190:20',
    '.5',
    '5.',
    '1.5',
    '-.5e-3',
    '.inf',
    '-.INF',
    '.nan',
    '.NaN',
    '1,000',
    '1.2.3',
    '2026-01-01',
    '2026-1-1 10:00:00',
    '2001-12-14t21:59:43.10-05:00',
    ' leading',
    'trailing ',
    'a: b',
    'a:',
    ':a',
    '#x',
    'a #x',
    '- a',
    '-',
    '?',
    '? a',
    '!a',
    '&a',
    '*a',
    '|',
    '>',
    '%a',
    '@a',
    '`a',
    '"a',
    "'a",
    '{',
    '}',
    '[',
    ']',
    ',',
    '---',
    '--- a',
    '...',
    '... a',
    '\n',
    'a\nb',
    '\na',
    'a\n',
    'a\n\n',
    ' a\nb',
    'a\n b',
    'a \nb',
    'a\t\nb',
    '\ta\nb',
    'a\n\tb',
    '\t',
    'a\tb',
    '\r',
    'a\r\nb',
    '\u0000',
    '\u0007',
    '\u001b',
    '\u007f',
    '\u0085',
    'a\u0085b',
    '\u00a0',
    'a\u00a0b',
    '\u2028',
    'a\u2029b',
    '\ufeff',
    '\ufeffa',
    '\ufffe',
    '\ud800',
    'a\udc00b',
    '🚀',
    'a 🚀 b',
    '👨‍👩‍👧',
    '☀️',
    '\u200b',
    '\u202e',
    '\\',
    '\\n',
    'a\\',
    '"',
    "'",
    '\'"',
    'a\n# b\n',
    'a\n---\nb',
    'a\n...\nb\n',
    'undefined',
    'NaN',
    'Infinity',
    '__proto__',
    'constructor',
    '0.',
    '.',
    '..',
    '+',
    '-+1',
    '0x',
    '0b',
    '1__0',
    '08',
    '09.5',
    '0o8',
    '1e',
    'e1',
    '6e_1',
    '+_',
    '0_x1F',
    '١٢',
    '½',
  ];

  const roundTrips = (string: string, forms: readonly string[]): void => {
    const value = { top: string, [string]: [string, { [string]: string }] };
    for (const version of VERSIONS) {
      expect(parse(writeYaml(value), { version })).toEqual(value);
      for (const form of forms) {
        const edited = editYaml(`a: ${form}\nf: {b: [${/[|>]/.test(form) ? 'x' : form}]}\n`, [
          { kind: 'set', path: ['a'], value: string },
          { kind: 'set', path: ['f', 'b'], value: [string] },
          { kind: 'set', path: ['f', string], value: string },
        ]);
        expect(parse(edited, { version })).toEqual({ a: string, f: { b: [string], ...{ [string]: string } } });
      }
    }
  };
  const FORMS = ['x', '"x"', "'x'", '|\n  x', '>-\n  x'];

  it.each(special.map((string) => [JSON.stringify(string), string] as const))('%s is read back by YAML 1.1 and 1.2', (_name, string) => {
    roundTrips(string, FORMS);
  });

  it('of any length are judged at once', () => {
    const long = `${'word '.repeat(20_000)}\t`;
    expect(parse(writeYaml([long]))).toEqual([long]);
  }, 5000);

  it('of any kind are read back by YAML 1.1 and 1.2', () => {
    const piece = fc.oneof(
      fc.constantFrom(...special),
      fc.constantFrom(...' \t\n:#-,[]{}&*!|>\'"%@`\\.0123456789_eExoyYnN+~=<?'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    const string = fc.oneof(
      fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(string, fc.constantFrom(...FORMS), (each, form) => roundTrips(each, [form])),
      { numRuns: RUNS },
    );
  }, 60_000);
});

it('writes any value such that YAML 1.1 and 1.2 read it back', () => {
  const values = fc.letrec<{ value: YamlValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.integer(),
      fc.bigInt(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value')),
      fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(values.value, fc.constantFrom(2, 4), fc.boolean(), (value, indent, indentSequences) => {
      for (const version of VERSIONS) {
        const read: YamlValue = parseDocument(writeYaml(value, { indent, indentSequences }), { version, intAsBigInt: true }).toJS();
        expect(sameValue(read, value)).toBe(true);
      }
    }),
    { numRuns: RUNS },
  );
}, 60_000);
