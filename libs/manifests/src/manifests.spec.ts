import { isInsideRepository, readProvenance } from '@millrace/model';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';

import { manifests, plan } from './manifests.js';
import { documentsOf, EVERYTHING, EXAMPLE, isRecord, ORDER_PROCESSOR, workspaceOf, type Texts } from './workspace.fixture.js';

const EXAMPLES = [
  ['the example', EXAMPLE],
  ['everything that can be declared', EVERYTHING],
] as const;

describe.each(EXAMPLES)('the files made of %s', (_what, texts) => {
  const files = manifests(workspaceOf(texts));

  it('are the same each time', () => {
    expect([...manifests(workspaceOf(texts))]).toEqual([...files]);
  });

  it('are the same in whatever order things are declared, environments, pipelines and the keys of every file', () => {
    const turned = Object.fromEntries(
      Object.entries(texts)
        .toReversed()
        .map(([path, text]) => [path, path.includes('/patches/') || path.includes('/releases/') ? text : turn(text)]),
    );
    // Patches of a folder apply in the order of their names: that is the order they are handed over in.
    const workspace = { ...workspaceOf(turned), patches: workspaceOf(texts).patches };
    expect([...workspace.environments.keys()]).not.toEqual([...workspaceOf(texts).environments.keys()]);
    const made = manifests(workspace);
    expect([...made.keys()].sort()).toEqual([...files.keys()].sort());
    for (const [path, text] of files) expect(made.get(path), path).toBe(text);
  });

  it("each lie inside the repository, in a folder that is Millrace's, and are made once", () => {
    const paths = [...plan(workspaceOf(texts))].map(({ path }) => path);
    expect(paths.filter((path) => !isInsideRepository(path))).toEqual([]);
    expect(
      paths.filter(
        (path) =>
          !/^(?:apps\/[^/]+\/next|environments\/[^/]+\/(?:argocd|namespaces|operators|credentials|observability|flink|kafka[^/]*|pipelines\/[^/]+\/(?:kafka[^/]*|flink)))\//.test(
            path,
          ),
      ),
    ).toEqual([]);
    expect(paths.filter((path) => path.includes('/patches/'))).toEqual([]);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('each carry a header that fits, with the declared file that they come from', () => {
    for (const { path, from } of plan(workspaceOf(texts))) {
      const text = files.get(path) ?? '';
      expect(readProvenance(text).kind, path).toBe('intact');
      expect(text.split('\n')[0], path).toContain(` from ${from}. `);
      expect(Object.keys(texts), path).toContain(from);
    }
  });

  it('are YAML that says no key twice, and nothing that is null', () => {
    for (const { path } of plan(workspaceOf(texts))) {
      const nulls = documentsOf(files.get(path) ?? '').filter(holdsNull);
      // To Helm null is a word: it takes a chart's default away.
      if (!path.endsWith('/values.yaml')) expect(nulls, path).toEqual([]);
    }
  });

  it('name no resource in a kustomization that is not there, each once', () => {
    for (const [path, text] of files) {
      if (!path.endsWith('/kustomization.yaml')) continue;
      const folder = new URL(`file:///${path}`);
      for (const resource of listOf(documentsOf(text)[0], 'resources')) {
        const target = new URL(resource, folder).pathname.slice(1);
        const there = files.has(target) || files.has(`${target}/kustomization.yaml`) || Object.hasOwn(texts, `${target}/kustomization.yaml`);
        expect(there, `${path}: ${resource}`).toBe(true);
      }
      expect(new Set(listOf(documentsOf(text)[0], 'resources')).size).toBe(listOf(documentsOf(text)[0], 'resources').length);
    }
  });
});

describe('names that pass the schemas', () => {
  const placement = 'release: next\n';
  const pipeline = (name: string, job: string, user: string) =>
    (EXAMPLE[ORDER_PROCESSOR] ?? '')
      .replace('pipeline: order-processor', `pipeline: ${name}`)
      .replace('  order-processor:\n', `  ${job}:\n`)
      .replaceAll('flink-app', user);
  const sessions = (names: readonly string[]) =>
    (EXAMPLE['environments/dev/environment.yaml'] ?? '').replace(/sessions: .*/, `sessions: {${names.join(', ')}}`);
  const session = (name: string, version = 'v2_2') => `${name}: {team: orders, flinkVersion: ${version}}`;

  it.each([
    ['a session like the credentials of another', { 'environments/dev/environment.yaml': sessions([session('a'), session('a-credentials')]) }],
    [
      'a pipeline called kustomization',
      { 'apps/kustomization/pipeline.yaml': pipeline('kustomization', 'j', 'u'), 'environments/dev/pipelines/kustomization/placement.yaml': placement },
    ],
    ['a job called kustomization', { 'apps/p/pipeline.yaml': pipeline('p', 'kustomization', 'u'), 'environments/dev/pipelines/p/placement.yaml': placement }],
    [
      'a pipeline called namespace',
      { 'apps/namespace/pipeline.yaml': pipeline('namespace', 'j', 'u'), 'environments/dev/pipelines/namespace/placement.yaml': placement },
    ],
    [
      'a user like another one in a session',
      {
        'environments/dev/environment.yaml': sessions([session('a'), session('b', 'v2_1')]),
        'apps/p/pipeline.yaml': `pipeline: p
team: orders
users: {u: {}, u-b: {}}
jobs:
  one: {user: u, flinkVersion: v2_2, artifact: &built {jar: {uri: https://a/a.jar, sha256: ${'a'.repeat(64)}}}}
  two: {user: u, flinkVersion: v2_1, artifact: *built}
  three: {user: u-b, flinkVersion: v2_2, artifact: *built}
`,
        'environments/dev/pipelines/p/placement.yaml': placement,
      },
    ],
  ])('never make two files one: %s', (_what, texts) => {
    const made = [...plan(workspaceOf({ ...EXAMPLE, ...texts }))];
    const paths = made.map(({ path }) => path);
    expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
    // kustomize and Argo CD know this file by its name.
    expect(made.filter(({ path, template }) => path.endsWith('/kustomization.yaml') && template !== 'kustomization')).toEqual([]);
  });
});

/** Two pipelines that know nothing of each other. */
const added = (name: string): Texts => ({
  [`apps/${name}/pipeline.yaml`]: (EXAMPLE[ORDER_PROCESSOR] ?? '').replaceAll('order', name).replace(/^team: .*/m, 'team: orders'),
  [`environments/dev/pipelines/${name}/placement.yaml`]: 'release: next\n',
});

describe('two branches that each add a pipeline', () => {
  const start = manifests(workspaceOf(EXAMPLE));
  const changed = (texts: Texts) => new Map([...manifests(workspaceOf({ ...EXAMPLE, ...texts }))].filter(([path, text]) => start.get(path) !== text));
  const [invoices, shipments] = [added('invoice'), added('shipment')];

  it('touch no file in common, change none that was there, and merge into what both would have made', () => {
    const [one, other, both] = [changed(invoices), changed(shipments), changed({ ...invoices, ...shipments })];
    expect(one.size).toBeGreaterThan(10);
    expect([...one.keys(), ...other.keys()].filter((path) => start.has(path))).toEqual([]);
    expect([...one.keys()].filter((path) => other.has(path))).toEqual([]);
    expect(new Map([...one, ...other])).toEqual(both);
  });
});

function turn(text: string): string {
  const value: unknown = parse(text, { intAsBigInt: true });
  return stringify(turnValue(value));
}

/** Keys in reverse. Environment variables stay: Kubernetes reads `$(NAME)` from those before. */
function turnValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turnValue);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, key === 'env' || key === 'secrets' ? item : turnValue(item)]),
  );
}

function holdsNull(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsNull);
  return isRecord(value) ? Object.values(value).some(holdsNull) : value === null;
}

function listOf(value: unknown, key: string): readonly string[] {
  const list = isRecord(value) ? value[key] : undefined;
  return Array.isArray(list) ? list.map(String) : [];
}
