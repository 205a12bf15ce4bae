import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { literal, quoted, scalar } from './scalar.js';
import { NASTY } from './nasty.fixture.js';

const VERSIONS = ['1.1', '1.2'] as const;
const anyText = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary' }),
  // What plain scalars are made of, and what may go wrong in them.
  fc.string({ unit: fc.constantFrom(...Array.from('abeEnoyxX019_./+:-# ~')), maxLength: 6 }),
  fc.stringMatching(/^[+-]?[0-9]{1,3}[_:.eExo]?[+-]?[0-9]{0,3}(?:Ki|Mi|Gi|m|k)?$/),
  fc.constantFrom(
    'Yes',
    'NO',
    'oFF',
    'True',
    'NULL',
    'e1',
    'E5',
    'e+5',
    'NaN',
    'Infinity',
    '.inf',
    '10Gi',
    '1e3Gi',
    '0Ki',
    '=',
    '<<',
    '*a',
    '&a',
    '!a',
    '%a',
    '@a',
    '`a',
    '? a',
    '- a',
    '---',
    '...',
    '{}',
    '[]',
  ),
);

/** What a text reads back as, at each place where a template may put it. */
function places(yaml: string): readonly unknown[] {
  return VERSIONS.flatMap((version): readonly unknown[] => {
    const options = { version, mapAsMap: true };
    const value: unknown = parse(`- a: ${yaml}\n  b: 1\n`, options);
    const item: unknown = parse(`a:\n  - ${yaml}\n  - 1\n`, options);
    const key: unknown = parse(`a:\n  ${yaml}: 1\n`, options);
    return [value, item, key];
  });
}

function expectedPlaces(value: unknown): readonly unknown[] {
  return VERSIONS.flatMap(() => [
    [
      new Map([
        ['a', value],
        ['b', 1],
      ]),
    ],
    new Map([['a', [value, 1]]]),
    new Map([['a', new Map([[value, 1]])]]),
  ]);
}

describe('a value in YAML reads back equal as a value, an item and a key, in YAML 1.1 and 1.2:', () => {
  it('a text, plain where that is safe', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(places(scalar(text))).toEqual(expectedPlaces(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('a text in quotes, and whatever is to become text', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.integer(), fc.bigInt(), fc.boolean()), (value) => {
        const yaml = quoted(value);
        expect(yaml).toMatch(/^"[ -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*"$/u);
        expect(places(yaml)).toEqual(expectedPlaces(String(value)));
      }),
    );
  });

  it('a number or a boolean, as what it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.integer(),
          fc.boolean(),
          fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
        ),
        (value) => {
          for (const version of VERSIONS) expect(parse(scalar(value), { version })).toBe(value);
        },
      ),
    );
  });

  it('an integer of any size, exactly', () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        for (const version of VERSIONS) expect(parse(scalar(value), { version, intAsBigInt: true })).toBe(value);
      }),
    );
    expect(scalar(9223372036854775807n)).toBe('9223372036854775807');
  });

  it('a text of several lines', () => {
    const line = fc.oneof(fc.constantFrom('', ' ', 'a', ' a', '  a: b', 'a ', '# c', '- x', '---', '...', '\t', 'x\ty', '{{ .jaas }}'), anyText);
    const block = fc.array(line, { maxLength: 5 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          block,
          block.map((text) => `${text}\n`),
        ),
        fc.constantFrom(2, 6, 10),
        (text, indent) => {
          const margin = ' '.repeat(indent - 2);
          for (const version of VERSIONS) {
            expect(parse(`${margin}a: ${literal(text, indent)}\n${margin}b: 1\n`, { version })).toEqual({ a: text, b: 1 });
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('what people read in a generated file', () => {
  it.each([
    'order-processor',
    'kafka.strimzi.io/v1',
    's3://my-bucket/prod/order-processor',
    'git@git.acme.example:platform/streaming.git',
    '100Gi',
    'NO_CLAIM',
  ])('%s has no quotes', (text) => {
    expect(scalar(text)).toBe(text);
  });

  it('lines of a text stand below each other', () => {
    expect(literal('a=1\nb={{ .jaas }}\n', 4)).toBe('|\n    a=1\n    b={{ .jaas }}');
    expect(literal('a\n\nb', 2)).toBe('|-\n  a\n\n  b');
  });
});
