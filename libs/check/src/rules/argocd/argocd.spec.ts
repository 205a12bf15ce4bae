import { describe, expect, it } from 'vitest';

import { readManifests } from '../../sources/read-manifests.js';
import type { Subject } from '../../subject.js';
import { Universe, type RepositoryView } from '../../universe.js';
import { normalizedRepository } from './applications.js';
import { argocdRules } from './index.js';
import { matches, permitsDestination, permitsSource } from './projects.js';

const URL = 'https://git.acme.example/streaming.git';

function subjectsOf(text: string, file = 'argocd/all.yaml'): readonly Subject[] {
  const reading = readManifests(file, text);
  if (reading.kind !== 'manifests') throw new Error(JSON.stringify(reading));
  return reading.subjects;
}

function said(id: string, subjects: readonly Subject[], repository?: RepositoryView): readonly string[] {
  const rule = argocdRules.find((each) => each.id === id);
  if (rule?.reach !== 'references' && rule?.reach !== 'resource') throw new Error(id);
  const universe = new Universe(subjects, undefined, repository);
  return subjects
    .filter(({ groupKind }) => rule.on === 'any' || rule.on.includes(groupKind))
    .flatMap((subject) =>
      [...(rule.reach === 'resource' ? rule.check(subject) : rule.check(subject, universe))].map(({ path, message }) => `${path.join('.')}: ${message}`),
    );
}

const project = (spec: string): Subject => {
  const [subject] = subjectsOf(`apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: team, namespace: argocd}\nspec: ${spec}\n`);
  if (subject === undefined) throw new Error(spec);
  return subject;
};
const application = (spec: string, metadata = '', name = 'orders'): readonly Subject[] =>
  subjectsOf(`apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd${metadata}}\nspec: ${spec}\n`);
const plain = (path: string, more = ''): string =>
  `{project: team, source: {repoURL: "${URL}", targetRevision: main, path: ${path}}, destination: {server: "https://kubernetes.default.svc", namespace: kafka}${more}}`;
const repository = (graph: Readonly<Record<string, readonly string[]>>): RepositoryView => ({
  exists: (path) => path in graph,
  repoURL: URL,
  textOf: () => undefined,
  graphOf: (path) => graph[path] ?? [],
});

describe('patterns', () => {
  it('are those of gobwas/glob', () => {
    expect(matches('team-*', 'team-a.b/c')).toBe(true);
    expect(matches('https://git/*', 'https://git/a/b', '/')).toBe(false);
    expect(matches('https://git/**', 'https://git/a/b', '/')).toBe(true);
    expect(matches('{a,b}-?', 'b-1')).toBe(true);
    expect(matches('[!a]x', 'bx')).toBe(true);
    expect(matches('a.c', 'abc')).toBe(false);
    expect(matches('[', '[')).toBe(false);
  });

  it('see one repository behind its spellings', () => {
    expect(normalizedRepository('git@Git.acme.example:team/a.git')).toBe(normalizedRepository('ssh://git@git.acme.example/team/a'));
    expect(normalizedRepository('https://git.acme.example/team/a.git')).not.toBe(normalizedRepository('git@git.acme.example:team/a'));
  });
});

describe('projects', () => {
  it('refuse what a deny matches, whatever else allows it', () => {
    const sources = project('{sourceRepos: ["*", "!https://git.acme.example/secret*"]}');
    expect(permitsSource(sources, 'https://git.acme.example/streaming')).toBe(true);
    expect(permitsSource(sources, 'https://git.acme.example/secrets')).toBe(false);
    const destinations = project('{destinations: [{server: "*", namespace: "*"}, {server: "*", namespace: "!kube-*"}]}');
    expect(permitsDestination(destinations, { server: 'https://a', namespace: 'kafka' })).toBe(true);
    expect(permitsDestination(destinations, { server: 'https://a', namespace: 'kube-system' })).toBe(false);
  });

  it('cannot be judged where the Application says the name and the project the server', () => {
    expect(permitsDestination(project('{destinations: [{server: "https://a", namespace: kafka}]}'), { name: 'prod', namespace: 'kafka' })).toBeUndefined();
    expect(permitsDestination(project('{destinations: [{server: "https://a", namespace: flink}]}'), { name: 'prod', namespace: 'kafka' })).toBe(false);
    expect(permitsDestination(project('{destinations: [{name: prod, namespace: kafka}]}'), { name: 'prod', namespace: 'kafka' })).toBe(true);
  });

  it('without lists let in what lives in namespaces, and nothing of the cluster', () => {
    const delivered = (kind: string): readonly Subject[] => [
      project('{sourceRepos: ["*"]}'),
      ...application(plain('k')),
      ...subjectsOf(`apiVersion: v1\nkind: ${kind}\nmetadata: {name: x}\n`, 'k/x.yaml'),
    ];
    expect(said('argocd/project-kinds', delivered('ConfigMap'))).toEqual([]);
    expect(said('argocd/project-kinds', delivered('Namespace'))).toEqual([
      'spec.project: project team does not let in Namespace (x): see its spec.clusterResourceWhitelist',
    ]);
  });

  it('judge a kind of unknown scope only where neither list lets it in', () => {
    const delivered = (spec: string): readonly Subject[] => [
      project(spec),
      ...application(plain('k')),
      ...subjectsOf('apiVersion: acme.example/v1\nkind: Widget\nmetadata: {name: x}\n', 'k/x.yaml'),
    ];
    expect(said('argocd/project-kinds', delivered('{clusterResourceWhitelist: []}'))).toEqual([]);
    expect(said('argocd/project-kinds', delivered('{namespaceResourceWhitelist: []}'))).toHaveLength(1);
    expect(said('argocd/project-kinds', delivered('{namespaceResourceWhitelist: [], clusterResourceWhitelist: [{group: "*", kind: "*"}]}'))).toEqual([]);
  });

  it('are looked for only where the run makes the projects of its Applications', () => {
    const other = application(plain('k').replace('team', 'other'));
    expect(said('argocd/project-exists', other)).toEqual([]);
    expect(said('argocd/project-exists', [project('{}'), ...other])).toEqual([]);
    expect(said('argocd/project-exists', [project('{}'), ...other, ...application(plain('k'), '', 'billing')])).toHaveLength(1);
    expect(
      said('argocd/project-exists', [project('{}'), ...application(plain('k').replace('team', 'default')), ...application(plain('k'), '', 'billing')]),
    ).toEqual([]);
  });
});

describe('paths', () => {
  it('are looked for in this repository and on its trunk only', () => {
    expect(said('argocd/source-path', application(plain('gone')), repository({}))).toHaveLength(1);
    expect(said('argocd/source-path', application(plain('gone')))).toEqual([]);
    expect(said('argocd/source-path', application(plain('gone').replace('main', 'v1.0')), repository({}))).toEqual([]);
    expect(said('argocd/source-path', application(plain('gone').replace(URL, 'https://git.acme.example/other')), repository({}))).toEqual([]);
    expect(said('argocd/source-path', application(plain("'{{path}}'")), repository({}))).toEqual([]);
  });

  it('of manifest-generate-paths are relative to the source, from the root, or patterns', () => {
    const graph = repository({ 'env/prod': ['env/prod', 'base', 'shared/patches/a.yaml'], base: [] });
    const annotated = (paths: string): readonly string[] =>
      said('argocd/manifest-paths', application(plain('env/prod'), `, annotations: {argocd.argoproj.io/manifest-generate-paths: "${paths}"}`), graph);
    expect(annotated('.; /base ;/shared')).toEqual([]);
    expect(annotated('.;../../base;/shared/patches/*.yaml')).toEqual([]);
    expect(annotated('/')).toEqual([]);
    expect(annotated('.;/base')).toEqual([
      'metadata.annotations.argocd.argoproj.io/manifest-generate-paths: the manifests of env/prod are made from shared/patches/a.yaml too, which the annotation does not name',
    ]);
    expect(annotated('.;/bas;/shared')).toHaveLength(1);
  });
});

describe('deliveries', () => {
  const topic = (file: string): readonly Subject[] => subjectsOf('apiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata: {name: orders}\n', file);

  it('of two clusters, or of two that may be of two Argo CDs, are not shared', () => {
    const one = application(plain('a'), '', 'a');
    const two = application(plain('b'), '', 'b');
    const delivered = [...topic('a/t.yaml'), ...topic('b/t.yaml')];
    expect(said('argocd/shared-resource', [...one, ...two, ...delivered])).toHaveLength(1);
    expect(
      said('argocd/shared-resource', [...one, ...application(plain('b').replace('kubernetes.default.svc', 'prod.example'), '', 'b'), ...delivered]),
    ).toEqual([]);
    const elsewhere = two.map((subject): Subject => ({ ...subject, origin: { kind: 'file', file: 'clusters/prod/all.yaml', document: 0 } }));
    expect(said('argocd/shared-resource', [...one, ...elsewhere, ...delivered])).toEqual([]);
  });

  it("of a chart or with Helm's values are not known", () => {
    const guarded = application(plain('a', ', syncPolicy: {automated: {prune: true}}').replace('path: a', 'path: a, kustomize: {namePrefix: x-}'));
    expect(said('argocd/prune-guard', [...guarded, ...topic('a/t.yaml')])).toEqual([]);
  });

  it('that nobody prunes by itself need no guard', () => {
    const policies = [
      '{automated: {selfHeal: true}}',
      '{automated: {prune: true, enabled: false}}',
      '{automated: {prune: true}, syncOptions: [Prune=confirm]}',
    ];
    for (const policy of policies)
      expect(said('argocd/prune-guard', [...application(plain('a', `, syncPolicy: ${policy}`)), ...topic('a/t.yaml')])).toEqual([]);
    expect(said('argocd/prune-guard', [...application(plain('a', ', syncPolicy: {automated: {prune: true}}')), ...topic('a/t.yaml')])).toHaveLength(1);
  });
});

describe('options', () => {
  const annotated = (options: string): readonly string[] =>
    said(
      'argocd/sync-options',
      subjectsOf(`apiVersion: v1\nkind: Namespace\nmetadata: {name: kafka, annotations: {argocd.argoproj.io/sync-options: "${options}"}}\n`),
    );

  it.each([
    'Prune=confirm,Delete=confirm',
    'SkipDryRunOnMissingResource=true, Prune=false',
    'Prune=false,Prune=false',
    'OfTomorrow=true',
    '{{ .Values.options }}',
    '',
  ])('takes %s', (options) => {
    expect(annotated(options)).toEqual([]);
  });

  it.each(['prune=false', 'Prune=confirmed', 'Prune: false', 'Prune', 'Prune=false;Delete=false', 'Prune=false,Prune=confirm', 'ServerSideApply=True'])(
    'finds %s',
    (options) => {
      expect(annotated(options)).toHaveLength(1);
    },
  );

  it("takes charts that are pinned, and branches of one's own", () => {
    const chart = (revision: string): readonly string[] =>
      said('argocd/target-revision', application(`{source: {repoURL: "https://charts.example", chart: x, targetRevision: ${revision}}}`));
    expect([chart('1.2.3'), chart('v1.2.3-rc.1'), chart('"1.2.3+build"')]).toEqual([[], [], []]);
    for (const range of ['1.*', '">=1.0"', '^1.2', '1.x', '""']) expect(chart(range)).toHaveLength(1);
    const view: RepositoryView = { exists: () => true, repoURL: 'git@github.com:acme/streaming.git', textOf: () => undefined, graphOf: () => [] };
    const git = (owner: string): readonly string[] =>
      said('argocd/target-revision', application(`{source: {repoURL: "https://github.com/${owner}/x.git", targetRevision: HEAD, path: y}}`), view);
    expect(git('acme')).toEqual([]);
    expect(git('others')).toHaveLength(1);
  });
});

describe('odd shapes', () => {
  it.each(argocdRules.map((rule) => [rule.id] as const))('%s reads lists where maps belong', (id) => {
    const odd = [
      '[]',
      '3',
      '{source: [], sources: {}, destination: x, syncPolicy: [], ignoreDifferences: {}, template: [], generators: 3, sourceRepos: {}, destinations: [1], goTemplate: true, project: 4}',
    ];
    const text = ['Application', 'ApplicationSet', 'AppProject']
      .flatMap((kind) => odd.map((spec) => `apiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nmetadata: {name: odd, annotations: [x]}\nspec: ${spec}`))
      .join('\n---\n');
    expect(() => said(id, subjectsOf(text), repository({}))).not.toThrow();
  });
});
