import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { keepWhatDecides, textOf } from './definition.mjs';
import { applyPatch, expand, readPatch } from './patch.mjs';
import { stripDescriptions } from './strip-descriptions.mjs';
import { readZip } from './zip.mjs';

const definition = (kind, schema, rest = {}) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: kind.toLowerCase() },
  spec: { group: 'test', names: { kind }, versions: [{ name: 'v1', schema: { openAPIV3Schema: schema } }], ...rest },
});

describe('stripDescriptions', () => {
  it('drops what documents a schema, wherever a schema can stand', () => {
    const text = { description: 'words', type: 'string' };
    const bare = { type: 'string' };
    expect(
      stripDescriptions({
        description: 'words',
        properties: { a: text, b: { items: text }, c: { additionalProperties: text }, d: { additionalProperties: true } },
        anyOf: [text, { not: text }],
      }),
    ).toEqual({
      properties: { a: bare, b: { items: bare }, c: { additionalProperties: bare }, d: { additionalProperties: true } },
      anyOf: [bare, { not: bare }],
    });
  });

  it('keeps a property named description, and values that have such a key', () => {
    const schema = {
      type: 'object',
      required: ['description'],
      properties: { description: { type: 'string' }, properties: { properties: { description: { type: 'integer' } } } },
      default: { description: 'a value' },
      enum: [{ description: 'a value' }],
      'x-kubernetes-validations': [{ rule: 'has(self.description)', message: 'say what it is', reason: 'FieldValueRequired', fieldPath: '.description' }],
    };
    expect(stripDescriptions(schema)).toEqual(schema);
  });

  it('leaves its argument alone', () => {
    const schema = Object.freeze({ description: 'words', properties: Object.freeze({ a: Object.freeze({ description: 'words' }) }) });
    expect(stripDescriptions(schema)).toEqual({ properties: { a: {} } });
  });
});

describe('keepWhatDecides', () => {
  it('drops printer columns and turns a conversion webhook off', () => {
    const webhook = { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'] } };
    const given = definition('Kind', { properties: {} }, { conversion: webhook });
    given.spec.versions[0].additionalPrinterColumns = [{ name: 'Ready' }];
    const { spec } = keepWhatDecides(given);
    expect(spec.conversion).toEqual({ strategy: 'None' });
    expect(spec.versions).toEqual([{ name: 'v1', schema: { openAPIV3Schema: { properties: {} } } }]);
  });

  it('refuses a number that JavaScript has rounded', () => {
    expect(() => keepWhatDecides(definition('Kind', { maximum: Number('9223372036854775807') }))).toThrow('openAPIV3Schema.maximum');
  });
});

describe('textOf', () => {
  it('sorts by group and kind', () => {
    expect(textOf([definition('B', {}), definition('A', {})]).match(/^.*(?=\t)/gm)).toEqual(['test/A', 'test/B']);
  });

  it('refuses a kind that is defined twice', () => {
    expect(() => textOf([definition('A', {}), definition('A', {})])).toThrow('two sources define test/A');
  });
});

describe('a patch', () => {
  const schema = () => ({
    properties: { list: { items: { required: ['size'], properties: { size: { enum: ['S'] } } } }, old: { type: 'string', default: 'x' } },
  });
  const patched = (change) => {
    const given = definition('Kind', schema());
    applyPatch([given], [{ reason: 'for a test', kinds: ['Kind'], ...change }]);
    return given.spec.versions[0].schema.openAPIV3Schema.properties;
  };

  it('reads braces as a shell does', () => {
    expect(expand('{a,b}.c.{d,e}[]')).toEqual(['a.c.d[]', 'a.c.e[]', 'b.c.d[]', 'b.c.e[]']);
  });

  it('adds, likens, replaces, removes and allows', () => {
    expect(patched({ fields: 'list[].{a,b}', add: { type: 'string' } }).list.items.properties).toMatchObject({ a: { type: 'string' }, b: { type: 'string' } });
    expect(patched({ fields: 'other', addLike: 'list[].size' }).other).toEqual({ enum: ['S'] });
    expect(patched({ fields: 'list[].size', optional: true }).list.items.required).toEqual([]);
    expect(patched({ fields: 'old', noDefault: true }).old).toEqual({ type: 'string' });
    expect(patched({ fields: 'list[]', replace: { type: 'integer' } }).list).toEqual({ items: { type: 'integer' } });
    expect(patched({ fields: 'old', remove: true })).not.toHaveProperty('old');
    expect(patched({ fields: 'list[].size', allow: ['M'] }).list.items.properties.size).toEqual({ enum: ['S', 'M'] });
  });

  it('is of the versions that it names, from where it says', () => {
    expect(patched({ kinds: { Kind: 'list[]' }, versions: ['v1'], fields: 'a', add: {} }).list.items.properties).toHaveProperty('a');
    expect(() => patched({ versions: ['v2'], fields: 'a', add: {} })).toThrow('Kind v2');
  });

  it.each([
    ['what is there already', { fields: 'old', add: {} }],
    ['a value that is allowed already', { fields: 'list[].size', allow: ['S'] }],
    ['what is not there to remove', { fields: 'absent', remove: true }],
    ['what is not there to replace', { fields: 'absent', replace: {} }],
    ['to make optional what is', { fields: 'old', optional: true }],
    ['to drop a default that is not there', { fields: 'list', noDefault: true }],
    ['a field within nothing', { fields: 'absent.field', add: {} }],
    ['a change it does not know', { fields: 'old', rename: 'new' }],
    ['a change without a reason', { fields: 'old', remove: true, reason: '' }],
    ['a kind that the package lacks', { fields: 'old', remove: true, kinds: ['Other'] }],
  ])('refuses %s', (_, change) => {
    expect(() => patched(change)).toThrow();
  });

  it.each(['flink-operator-1.15', 'external-secrets-2.9', 'strimzi-1.1'])('%s gives every change a reason', (name) => {
    const patch = readPatch(fileURLToPath(new URL(`${name}.patch.yaml`, import.meta.url)));
    expect(patch.every(({ reason }) => reason.length > 0)).toBe(true);
  });
});

describe('readZip', () => {
  it('reads stored and deflated files', () => {
    const entry = (name, content, method) => {
      const data = method === 8 ? deflateRawSync(content) : Buffer.from(content);
      const local = Buffer.alloc(30 + name.length);
      local.writeUInt32LE(0x04034b50);
      local.writeUInt16LE(name.length, 26);
      local.write(name, 30);
      const central = (offset) => {
        const header = Buffer.alloc(46 + name.length);
        header.writeUInt32LE(0x02014b50);
        header.writeUInt16LE(method, 10);
        header.writeUInt32LE(data.length, 20);
        header.writeUInt16LE(name.length, 28);
        header.writeUInt32LE(offset, 42);
        header.write(name, 46);
        return header;
      };
      return { bytes: Buffer.concat([local, data]), central };
    };
    const a = entry('a', 'stored', 0);
    const b = entry('b/c', 'deflated', 8);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50);
    end.writeUInt16LE(2, 10);
    end.writeUInt32LE(a.bytes.length + b.bytes.length, 16);
    const files = readZip(Buffer.concat([a.bytes, b.bytes, a.central(0), b.central(a.bytes.length), end]));
    expect([...files].map(([name, unpack]) => [name, unpack().toString()])).toEqual([
      ['a', 'stored'],
      ['b/c', 'deflated'],
    ]);
    expect(() => readZip(Buffer.from('no archive'))).toThrow('not a zip archive');
  });
});
