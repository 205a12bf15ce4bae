import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';

import { editJson } from './edit-json.js';

/** nx.json as somebody keeps it: tabs, comments, short lists and objects on one line. */
const BY_HAND = `{
\t// What Nx knows of us.
\t"plugins": ["@nx/js", {"plugin": "@nx/eslint", "options": {}}], // in this order
\t"targetDefaults": {"build": {"cache": true, "dependsOn": ["^build"]}},
\t"sync": {"globalGenerators": []}, /* none yet */
}
`;

describe("a person's JSON", () => {
  it('gets an entry of a list, and stays as it is', () => {
    const list = ['@nx/js', { plugin: '@nx/eslint', options: {} }, '@millrace/nx/plugin'];
    expect(editJson(BY_HAND, ['plugins'], list)).toBe(BY_HAND.replace('{}}],', '{}}, "@millrace/nx/plugin"],'));
    expect(editJson(BY_HAND, ['sync', 'globalGenerators'], ['@millrace/nx:sync'])).toBe(BY_HAND.replace('[]', '["@millrace/nx:sync"]'));
  });

  it('gets a line where it has lines, in its own indentation and line ends', () => {
    const text = '{\r\n    "devDependencies": {\r\n        "nx": "23.2.1" // pinned\r\n    }\r\n}\r\n';
    expect(editJson(text, ['devDependencies', 'millrace'], '0.1.0')).toBe(
      '{\r\n    "devDependencies": {\r\n        "nx": "23.2.1", // pinned\r\n        "millrace": "0.1.0"\r\n    }\r\n}\r\n',
    );
  });

  it.each([
    ['{}', '{\n  "sync": {\n    "applyChanges": false\n  }\n}'],
    ['{"a": 1}', '{"a": 1, "sync": {\n  "applyChanges": false\n}}'],
    ['{\n  "a": 1,\n}\n', '{\n  "a": 1,\n  "sync": {\n    "applyChanges": false\n  }\n}\n'],
    ['{\n  "sync": null\n}\n', '{\n  "sync": {\n    "applyChanges": false\n  }\n}\n'],
    ['{\n  "sync": {\n    "applyChanges": true // why\n  }\n}\n', '{\n  "sync": {\n    "applyChanges": false // why\n  }\n}\n'],
  ])('gets what is missing on the way: %j', (text, expected) => {
    expect(editJson(text, ['sync', 'applyChanges'], false)).toBe(expected);
  });

  it.each(['', '[]', '1', '{"a": }', 'plugins'])('that is no object is left alone: %j', (text) => {
    expect(editJson(text, ['plugins'], [])).toBeUndefined();
  });

  it('whatever it is, has the value at its path afterwards, and every other value as before', () => {
    const key = fc.constantFrom('a', 'b', 'c', '', '__proto', 'a.b', '"', '\\', '\n');
    // An own key of that name is gone as soon as a test's own copy is made.
    const plain = fc.jsonValue({ maxDepth: 2 }).filter((json) => !JSON.stringify(json).includes('__proto__'));
    const value = fc.oneof(plain, fc.constantFrom('[ a ]', '{ }', '// no comment', ',', ['[ a ]', '\n']));
    const document = fc.dictionary(key, fc.oneof(value, fc.dictionary(key, value), fc.array(value)));
    const layout = fc.constantFrom(undefined, 1, 2, 4, '\t');
    fc.assert(
      fc.property(document, layout, fc.boolean(), fc.array(key, { minLength: 1, maxLength: 3 }), value, (before, indent, crlf, path, set) => {
        const text = JSON.stringify(before, null, indent);
        const edited = editJson(crlf ? text.replaceAll('\n', '\r\n') : text, path, set);
        const errors: never[] = [];
        const after: unknown = parse(edited ?? '', errors);
        expect(errors).toEqual([]);
        expect(after).toEqual(JSON.parse(JSON.stringify(withValue(before, path, set))));
      }),
      { numRuns: 500 },
    );
  });
});

/** What the edit should come to. What stands in the way of the path, and is no object, is replaced. */
function withValue(before: unknown, [key = '', ...rest]: readonly string[], value: unknown): unknown {
  const there: Record<string, unknown> = typeof before === 'object' && before !== null && !Array.isArray(before) ? { ...before } : {};
  return { ...there, [key]: rest.length === 0 ? value : withValue(there[key], rest, value) };
}
