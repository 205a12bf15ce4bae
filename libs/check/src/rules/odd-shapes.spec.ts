import type { Value, ValueMap } from '@millrace/kustomize';
import { newestPlatform } from '@millrace/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isList, isMap, type FieldPath } from '../field.js';
import { judge } from '../judge.js';
import { readManifests, subjectOf } from '../sources/read-manifests.js';
import { Universe } from '../universe.js';
import { rules } from './index.js';

/** Every resource of every rule's examples: all shapes that some rule looks at. */
const bodies: readonly ValueMap[] = rules.flatMap(({ passes, fails }) =>
  [passes, fails].flatMap((example) =>
    (typeof example === 'string' ? [example] : Object.values(example)).flatMap((text) => {
      const reading = readManifests('example.yaml', text);
      return reading.kind === 'manifests' ? reading.subjects.map(({ resource }) => resource.body) : [];
    }),
  ),
);

/** What a person may have written instead of what belongs there. */
const odd: readonly Value[] = [null, true, -1n, 9223372036854775807n, 1.5, '', 'x: y', [], [null], [[]], [{ name: null }], {}, { '': {} }, { name: ['a'] }];

function* pathsOf(value: Value, at: FieldPath = []): Generator<FieldPath> {
  yield at;
  if (isMap(value)) for (const [key, item] of Object.entries(value)) yield* pathsOf(item, [...at, key]);
  else if (isList(value)) for (const [index, item] of value.entries()) yield* pathsOf(item, [...at, index]);
}

function withValue(value: Value, path: FieldPath, put: Value): Value {
  const [step, ...rest] = path;
  if (step === undefined) return put;
  if (isMap(value)) return { ...value, [step]: withValue(value[step] ?? null, rest, put) };
  return isList(value) ? value.map((item, index) => (index === step ? withValue(item, rest, put) : item)) : put;
}

const mutated = fc.constantFrom(...bodies).chain((body) =>
  fc
    .array(
      fc.tuple(
        fc.constantFrom(...[...pathsOf(body)].filter(([first]) => first !== undefined && first !== 'apiVersion' && first !== 'kind')),
        fc.constantFrom(...odd),
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    .map((changes) => changes.reduce<Value>((made, [path, put]) => withValue(made, path, put), body)),
);

describe('every rule', () => {
  it('says something or nothing of whatever shape a resource has, and gives places that can be shown', () => {
    fc.assert(
      fc.property(fc.array(mutated, { minLength: 1, maxLength: 6 }), (values) => {
        const subjects = values.filter(isMap).map((body, document) => subjectOf(body, { kind: 'file', file: 'odd.yaml', document }, '', newestPlatform));
        for (const { rule, offence } of judge(rules, new Universe(subjects), 'everything')) {
          expect(offence.message, rule.id).toMatch(/\S/);
          expect(offence.message, rule.id).not.toContain('[object Object]');
          for (const step of offence.path) expect(['string', 'number'], rule.id).toContain(typeof step);
        }
      }),
      { numRuns: 1500 },
    );
  });
});
