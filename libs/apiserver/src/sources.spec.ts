import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { definition } from './definitions.fixture.js';
import { definitionsOf } from './definitions-of.js';
import { serverWith } from './errors-of.fixture.js';
import { layered } from './layered.js';
import { readSchemaSet, schemaSet, schemaSetNames } from './schema-set.js';

const folder = mkdtempSync(path.join(tmpdir(), 'schema-set-'));
afterAll(() => rmSync(folder, { recursive: true }));

function setFile(text: string): string {
  const file = path.join(folder, `set-${text.length}.txt.br`);
  writeFileSync(file, brotliCompressSync(text));
  return file;
}

describe('definitions at hand', () => {
  it('are found by group and kind, the last of a kind', () => {
    const [one, other, last] = [definition({}), definition({}, { kind: 'Other' }), definition({ nullable: true })];
    const source = definitionsOf([one, other, last]);
    expect(source.find('test.millrace.invalid', 'Thing')).toBe(last);
    expect(source.find('test.millrace.invalid', 'Other')).toBe(other);
    expect(source.find('test.millrace.invalid', 'Nothing')).toBeUndefined();
    expect(source.find('elsewhere', 'Thing')).toBeUndefined();
  });

  it('must say what they define', () => {
    expect(() => definitionsOf(['{"spec": {"group": "a.b"}}'])).toThrow('spec.names.kind');
    expect(() => definitionsOf(['{'])).toThrow(SyntaxError);
  });
});

describe('a set in a file', () => {
  it('finds the first, the last and those between, and no part of one', () => {
    const source = readSchemaSet(setFile('a.b/One\t{"one":1}\na.b/OneMore\t{"more":1}\nz.a.b/Last\t{"last":1}\n'));
    expect(source.find('a.b', 'One')).toBe('{"one":1}');
    expect(source.find('a.b', 'OneMore')).toBe('{"more":1}');
    expect(source.find('z.a.b', 'Last')).toBe('{"last":1}');
    expect(source.find('b', 'One')).toBeUndefined();
    expect(source.find('a.b', 'Last')).toBeUndefined();
  });

  it('is not read before something is looked up', () => {
    const source = readSchemaSet(path.join(folder, 'absent.txt.br'));
    expect(() => source.find('a.b', 'One')).toThrow('ENOENT');
  });
});

describe('the sets that come with the package', () => {
  it('are there by name', () => {
    expect(schemaSetNames()).toContain('2026.11');
    expect(JSON.parse(schemaSet('2026.11').find('kafka.strimzi.io', 'KafkaTopic') ?? '')).toMatchObject({ kind: 'CustomResourceDefinition' });
    expect(() => schemaSet('1999.01')).toThrow('2026.11');
  });

  it.each(schemaSetNames())('%s has only definitions that the server accepts', async (name) => {
    const set = brotliDecompressSync(readFileSync(new URL(`../assets/schemas/${name}.txt.br`, import.meta.url))).toString();
    const lines = set.trimEnd().split('\n');
    await using server = serverWith();
    const verdicts = await server.validate(lines.map((line) => line.slice(line.indexOf('\t') + 1)));
    const refused = verdicts.map((verdict, index) => ({ kind: lines[index]?.split('\t')[0], verdict })).filter(({ verdict }) => verdict.kind !== 'accepted');
    expect(refused).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(0);
  });
});

describe('layers', () => {
  it('give the first that has it', () => {
    const source = layered(definitionsOf([definition({})]), { find: (_group, kind) => `another ${kind}` });
    expect(source.find('test.millrace.invalid', 'Thing')).toBe(definition({}));
    expect(source.find('test.millrace.invalid', 'Other')).toBe('another Other');
  });
});
