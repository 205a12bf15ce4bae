import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { definition, thing } from './definitions.fixture.js';
import { inShort, serverWith } from './errors-of.fixture.js';

// A resource with a field of each shape, and the schema that requires all of them.
const names = { plain: 'x', n: 1, on: true, 'log.retention': 'y' } as const;
const leaf = {
  type: 'object',
  required: Object.keys(names),
  properties: { plain: { type: 'string' }, n: { type: 'integer' }, on: { type: 'boolean' }, 'log.retention': { type: 'string' } },
};
const server = serverWith(
  definition({
    required: ['one', 'many', 'byName'],
    properties: { one: leaf, many: { type: 'array', items: leaf }, byName: { type: 'object', additionalProperties: leaf } },
  }),
);
afterAll(() => server.close());

type Leaf = Readonly<Record<string, unknown>>;
const places = [['one'], ['many', 0], ['many', 1], ['byName', 'a'], ['byName', 'b.c/d']] as const;

function spec(place: (typeof places)[number], changed: Leaf): unknown {
  const at = (...path: readonly (string | number)[]): Leaf => (path.join() === place.join() ? changed : names);
  return { one: at('one'), many: [at('many', 0), at('many', 1)], byName: { a: at('byName', 'a'), 'b.c/d': at('byName', 'b.c/d') } };
}

const anyPlace = fc.constantFrom(...places);
const anyField = fc.constantFrom('plain', 'n', 'on', 'log.retention');
const shown = (...path: readonly (string | number)[]): string =>
  path.map((key) => (typeof key === 'number' ? `[${key}]` : /^\w[\w-]*$/.test(key) ? `.${key}` : `.'${key}'`)).join('');

async function errors(text: string): Promise<readonly string[]> {
  const [verdict] = await server.validate([text]);
  return inShort(verdict);
}

describe('a resource that is right but for one thing', () => {
  it('is right without it', async () => {
    expect(await errors(thing(spec(['one'], names)))).toEqual([]);
  });

  it('lacks a required field: exactly that is said, exactly there', async () => {
    await fc.assert(
      // The server's path of a field that is absent does not tell a dot in its name from one between two names.
      fc.asyncProperty(anyPlace, fc.constantFrom('plain', 'n', 'on'), async (place, field) => {
        const without = Object.fromEntries(Object.entries(names).filter(([name]) => name !== field));
        expect(await errors(thing(spec(place, without)))).toEqual([`required ${shown('spec', ...place, field)}`]);
      }),
    );
  });

  it('has an unknown field', async () => {
    const name = fc.stringMatching(/^[a-z][a-z.]{0,9}$/).filter((each) => !Object.hasOwn(names, each));
    await fc.assert(
      fc.asyncProperty(anyPlace, name, fc.jsonValue(), async (place, field, value) => {
        expect(await errors(thing(spec(place, { ...names, [field]: value })))).toEqual([`unknown-field ${shown('spec', ...place, field)}`]);
      }),
    );
  });

  it('has a value of another type', async () => {
    const wrong = { plain: [1, true, [], {}], n: ['1', true, [], {}], on: ['yes', 1, [], {}], 'log.retention': [1, false, ['x'], {}] } as const;
    const change = anyField.chain((field) => fc.tuple(fc.constant(field), fc.constantFrom<unknown[]>(...wrong[field])));
    await fc.assert(
      fc.asyncProperty(anyPlace, change, async (place, [field, value]) => {
        expect(await errors(thing(spec(place, { ...names, [field]: value })))).toEqual([`type ${shown('spec', ...place, field)}`]);
      }),
    );
  });
});
