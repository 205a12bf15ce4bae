import { readdirSync, readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';

import type { Manifest } from './file.js';
import { plan } from './manifests.js';
import { NASTY } from './nasty.fixture.js';
import { fill, type Context } from './template.js';
import { EVERYTHING, EXAMPLE, isRecord, workspaceOf } from './workspace.fixture.js';

const folder = new URL('../templates/1/', import.meta.url);
const sources = new Map(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.hbs'))
    .map((path) => [path.replaceAll('\\', '/').replace(/\.hbs$/, ''), readFileSync(new URL(path, folder), 'utf8')]),
);
const manifestsOf = new Map<string, Manifest[]>([...sources.keys()].map((template) => [template, []]));
for (const texts of [EXAMPLE, EVERYTHING]) for (const manifest of plan(workspaceOf(texts))) manifestsOf.get(manifest.template)?.push(manifest);

const NAME = String.raw`(?:this|@key|[a-zA-Z][a-zA-Z0-9]*(?:\.[a-zA-Z]+)*)`;
const VALUE = String.raw`(?:\{\{(?:scalar|quoted) ${NAME}\}\}|\{\{literal ${NAME} \d+\}\})`;
/** A line is text; or a block's start or end; or ends in one value that a helper makes, all of it. */
const LINE = new RegExp(
  String.raw`^(?:(?:(?!\{\{).)*|\{\{#(?:if|each) ${NAME}\}\}|\{\{else\}\}|\{\{/(?:if|each)\}\}| *(?:- )?(?:[\w./-]+|\{\{key ${NAME}\}\}): ${VALUE}| *- ${VALUE})$`,
);

function pasted(source: string): readonly string[] {
  return source.split('\n').filter((line) => !LINE.test(line));
}

describe('a template', () => {
  it.each([...sources])('%s puts every value through a helper, as a scalar of its own', (_template, source) => {
    expect(pasted(source)).toEqual([]);
  });

  it.each([
    'name: {{name}}',
    'name: {{{name}}}',
    'name: {{{scalar name}}}',
    'name: {{&name}}',
    'name: a-{{scalar name}}',
    'name: {{scalar name}}-b',
    'name: "{{scalar name}}"',
    'name: {{scalar name}} # why',
    '{{name}}: x',
    '{{scalar name}}',
    'name: {{#if name}}{{scalar name}}{{/if}}',
    'name: [{{scalar name}}]',
    '# about {{scalar name}}',
    '{{> other}}',
    'name: {{lookup a b}}',
    '{{#with name}}',
  ])('cannot have the line %j', (line) => {
    expect(pasted(`a: 1\n${line}\n`)).toEqual([line]);
  });

  it.each([...manifestsOf])('%s is filled by the example', (_template, manifests) => {
    expect(manifests.length).toBeGreaterThan(0);
  });

  it.each([...manifestsOf])('%s mentions only names that its context has', (_template, manifests) => {
    for (const { layout, template, context, path } of manifests) expect(() => fill(layout, template, strictContext(context)), path).not.toThrow();
  });

  it('that mentions another name would be noticed', () => {
    const [manifest] = manifestsOf.get('kustomization') ?? [];
    if (manifest === undefined) throw new Error('there is none');
    const context = Object.fromEntries(Object.entries(manifest.context).filter(([name]) => name !== 'labels'));
    expect(() => fill(1, 'kustomization', strictContext(context))).toThrow(/labels/);
  });

  it.each([undefined, null, {}, ['a'], () => 'a'])('refuses to write what is no scalar: %j', (namespace) => {
    expect(() => fill(1, 'namespace', { namespace, enforce: 'restricted' })).toThrow(TypeError);
  });
});

describe('whatever stands in a context reads back at its place, in YAML 1.1 and 1.2', () => {
  const nasty = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...NASTY) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) });

  describe.each([...manifestsOf])('%s', (template, manifests) => {
    const marked = manifests.map((manifest) => ({ manifest, ...mark(manifest.context) }));

    it('with every value that it mentions', () => {
      const found = new Set(
        marked.flatMap(({ manifest, context, names }) => [...markersIn(trees(fill(manifest.layout, template, context)))].map((marker) => names.get(marker))),
      );
      expect([...valuesOf(sources.get(template) ?? '')].filter((name) => !found.has(name))).toEqual([]);
    });

    it('whatever it is', () => {
      const optional = new Set(Array.from((sources.get(template) ?? '').matchAll(/\{\{#if (?:\w+\.)*(\w+)\}\}/g), ([, name]) => name));
      const isOptional = (name: string) => optional.has(name.slice(name.lastIndexOf('.') + 1));
      const distinct = [...new Map(marked.map((one) => [fill(one.manifest.layout, template, one.context), one])).values()];
      for (const { manifest, context, names } of distinct) {
        const expected = trees(fill(manifest.layout, template, context));
        const texts = fc.uniqueArray(nasty, { minLength: names.size, maxLength: names.size });
        fc.assert(
          fc.property(texts, (values) => {
            // What is written only if it is there is never empty: the schemas see to it.
            const value = new Map([...names].map(([marker, name], index) => [marker, isOptional(name) ? values[index] || ' ' : (values[index] ?? '')]));
            const replaced = (text: string) => value.get(text) ?? text;
            const filled = fill(manifest.layout, template, mapContext(context, replaced));
            expect(trees(filled)).toEqual(mapTree(expected, replaced));
          }),
          { numRuns: 20 },
        );
      }
    });
  });
});

/** A context that throws where a template asks it for a name that it does not have. */
function strictContext(context: Context): Context {
  return new Proxy(Object.fromEntries(Object.entries(context).map(([key, value]) => [key, strictValue(value)])), {
    get(target, name) {
      if (typeof name === 'string' && !Object.hasOwn(target, name)) throw new Error(`the context has no ${name}`);
      return typeof name === 'string' ? target[name] : undefined;
    },
  });
}

function strictValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strictValue);
  return isRecord(value) ? strictContext(value) : value;
}

/** Names of mappings whose keys are data too: a template asks for them by `@key`. */
const MAPPINGS = new Set(
  [...sources.values()].flatMap((source) => {
    const blocks: string[] = [];
    return source.split('\n').flatMap((line) => {
      const each = /^\{\{#each (?:\w+\.)*(\w+)/.exec(line)?.[1];
      if (each !== undefined) blocks.push(each);
      if (line === '{{/each}}') blocks.pop();
      return line.includes('@key') ? blocks.slice(-1) : [];
    });
  }),
);

/** A context with a marker for every value and every key that is data, and what each stands for: `patches.path`, `env.@key`. */
function mark(context: Context): { readonly context: Context; readonly names: ReadonlyMap<string, string> } {
  const names = new Map<string, string>();
  const marker = (name: string) => {
    const text = `marker${names.size}x`;
    names.set(text, name);
    return text;
  };
  const visit = (value: unknown, name: string, around: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => (isRecord(item) ? fields(item, name) : marker(`${name}.this`)));
    const path = around === '' ? name : `${around}.${name}`;
    if (isRecord(value)) return MAPPINGS.has(name) ? mapping(value, name) : fields(value, path);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? marker(path) : value;
  };
  const fields = (value: Readonly<Record<string, unknown>>, around: string): Context =>
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item, key, around)]));
  const mapping = (value: Readonly<Record<string, unknown>>, name: string): Context =>
    Object.fromEntries(Object.entries(value).map(([, item]) => [marker(`${name}.@key`), isRecord(item) ? fields(item, name) : marker(`${name}.this`)]));
  return { context: fields(context, ''), names };
}

/** The names that a template writes, as `mark` calls them. */
function valuesOf(source: string): ReadonlySet<string> {
  const blocks: string[] = [];
  return new Set(
    source.split('\n').flatMap((line) => {
      const each = /^\{\{#each (?:\w+\.)*(\w+)/.exec(line)?.[1];
      if (each !== undefined) blocks.push(each);
      if (line === '{{/each}}') blocks.pop();
      const around = blocks
        .slice(-1)
        .map((block) => `${block}.`)
        .join('');
      return Array.from(line.matchAll(/\{\{(?:scalar|quoted|literal|key) (@?[\w.]+)/g), ([, name = '']) => `${around}${name}`);
    }),
  );
}

function mapContext(context: Context, replaced: (text: string) => string): Context {
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return replaced(value);
    if (Array.isArray(value)) return value.map(visit);
    return isRecord(value) ? mapContext(value, replaced) : value;
  };
  return Object.fromEntries(Object.entries(context).map(([key, value]) => [replaced(key), visit(value)]));
}

/** The documents of a text in each version of YAML, keys as they are. */
function trees(text: string): readonly unknown[] {
  return (['1.1', '1.2'] as const).flatMap((version) =>
    parseAllDocuments(text, { version }).map((document): unknown => {
      expect([...document.errors, ...document.warnings]).toEqual([]);
      const tree: unknown = document.toJS({ mapAsMap: true });
      return tree;
    }),
  );
}

function mapTree(tree: unknown, replaced: (text: string) => string): unknown {
  if (typeof tree === 'string') return replaced(tree);
  if (Array.isArray(tree)) return tree.map((item: unknown) => mapTree(item, replaced));
  return tree instanceof Map ? new Map([...tree].map(([key, value]) => [mapTree(key, replaced), mapTree(value, replaced)])) : tree;
}

function markersIn(tree: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  mapTree(tree, (text) => {
    if (/^marker\d+x$/.test(text)) found.add(text);
    return text;
  });
  return found;
}
