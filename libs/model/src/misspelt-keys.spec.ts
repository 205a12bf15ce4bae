import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { environmentSchema } from './declared/environment.js';
import { millraceSchema } from './declared/millrace.js';
import { pipelineSchema } from './declared/pipeline.js';
import { placementSchema } from './declared/placement.js';
import { releaseSchema } from './declared/release.js';
import { readDeclared } from './read-declared.js';

type Path = readonly string[];

/** Where a file can have a mapping of known keys, with these keys. An union of mappings says in its own words what is expected. */
function* mappings(schema: z.core.$ZodType, path: Path): Generator<readonly [path: Path, keys: readonly string[]]> {
  if (schema instanceof z.ZodObject) {
    yield [path, Object.keys(schema.shape)];
    for (const [key, inner] of Object.entries<z.core.$ZodType>(schema.shape)) yield* mappings(inner, [...path, key]);
  } else if (schema instanceof z.ZodRecord) yield* mappings(schema.valueType, [...path, z.safeParse(schema.keyType, 'name').success ? 'name' : 'area/rule']);
  else if (schema instanceof z.ZodArray) yield* mappings(schema.element, [...path, '0']);
  else if (schema instanceof z.ZodPipe) yield* mappings(schema.def.in, path);
  else if ('innerType' in schema._zod.def && schema._zod.def.innerType instanceof z.ZodType) yield* mappings(schema._zod.def.innerType, path);
}

/** A file that has one mapping at a path, and what leads there. */
function fileWith(path: Path, mapping: object): string {
  return JSON.stringify(path.reduceRight<object>((inner, key) => (key === '0' ? [inner] : { [key]: inner }), mapping));
}

describe('a misspelt key', () => {
  it.each([
    ['millrace.yaml', millraceSchema],
    ['environment.yaml', environmentSchema],
    ['pipeline.yaml', pipelineSchema],
    ['placement.yaml', placementSchema],
    ['release.yaml', releaseSchema],
  ])('of %s gets the keys that are known there, wherever it stands', (file, schema) => {
    const all = [...mappings(schema, [])];
    expect(all.length).toBeGreaterThan(0);
    for (const [path, keys] of all) {
      const misspelt = `${keys[0] ?? ''}x`;
      const reading = readDeclared(file, fileWith(path, { [misspelt]: 1 }), schema);
      const remedies =
        reading.kind === 'wrong' ? reading.problems.filter(({ message }) => message.startsWith(`${misspelt} is not a key`)).map(({ remedy }) => remedy) : [];
      expect(remedies, [...path, misspelt].join('.')).toEqual([expect.stringMatching(/Known here: /)]);
    }
  });
});
