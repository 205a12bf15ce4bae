import { describe, expect, it } from 'vitest';

import { readManifests } from '../../sources/read-manifests.js';
import type { Subject } from '../../subject.js';
import { Universe } from '../../universe.js';
import { argocdRules } from './index.js';

/** What a rule says of files by path: the field, and the message. */
function told(id: string, files: Readonly<Record<string, string>> | string): readonly string[] {
  const rule = argocdRules.find((each) => each.id === id);
  if (rule?.reach !== 'references' && rule?.reach !== 'resource') throw new Error(id);
  const subjects = Object.entries(typeof files === 'string' ? { 'argocd/all.yaml': files } : files).flatMap(([file, text]): readonly Subject[] => {
    const reading = readManifests(file, text);
    if (reading.kind !== 'manifests') throw new Error(`${file}: ${JSON.stringify(reading)}`);
    return reading.subjects;
  });
  const universe = new Universe(subjects);
  return subjects
    .filter(({ groupKind }) => rule.on === 'any' || rule.on.includes(groupKind))
    .flatMap((subject) =>
      [...(rule.reach === 'resource' ? rule.check(subject) : rule.check(subject, universe))].map(({ path, message }) => `${path.join('.')}: ${message}`),
    );
}

const application = (name: string, syncPolicy: string, metadata = ''): string => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd${metadata}}
spec:
  project: platform
  source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: ${name}}
  destination: {server: https://kubernetes.default.svc, namespace: kafka}
  syncPolicy: ${syncPolicy}
`;

describe('R57: an Application that prunes by itself', () => {
  const guarded = (text: string): readonly string[] =>
    told('argocd/prune-guard', { 'argocd/a.yaml': application('a', '{automated: {prune: true}}'), 'a/it.yaml': text });
  const flink = (spec: string): string =>
    `apiVersion: flink.apache.org/v1beta1\nkind: FlinkDeployment\nmetadata: {name: it, namespace: kafka}\nspec: ${spec}\n`;
  const topic = (annotations: string): string =>
    `apiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata: {name: it, namespace: kafka, annotations: ${annotations}}\n`;

  it.each([
    ['a definition', 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: it}\n'],
    ['a namespace', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: it}\n'],
    ['a job that keeps its state', flink('{job: {upgradeMode: last-state}}')],
    ['a topic that is looked after', topic('{strimzi.io/managed: "true"}')],
  ])('is told of %s that nothing guards', (_what, text) => {
    expect(guarded(text)).toHaveLength(1);
  });

  it.each([
    ['a job that starts anew', flink('{job: {upgradeMode: stateless}}')],
    ['a session cluster', flink('{flinkVersion: v2_2}')],
    ['R12: a topic that is being taken out of git', topic('{strimzi.io/managed: "false"}')],
    ['a guarded topic', topic('{argocd.argoproj.io/sync-options: "SkipDryRunOnMissingResource=true, Prune=confirm"}')],
  ])('is not told of %s', (_what, text) => {
    expect(guarded(text)).toEqual([]);
  });
});

describe('R58: a project', () => {
  const project = (spec: string): readonly string[] =>
    told('argocd/project-breadth', `apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: team, namespace: argocd}\nspec: ${spec}\n`).map(
      (line) => line.split(':')[0] ?? '',
    );
  const here = 'server: https://kubernetes.default.svc';

  it.each([
    ["{sourceRepos: ['*']}", ['spec.sourceRepos.0']],
    [`{destinations: [{${here}, namespace: kafka}, {${here}, namespace: '*'}]}`, ['spec.destinations.1.namespace']],
    [`{destinations: [{${here}, namespace: 'argo*'}]}`, ['spec.destinations.0.namespace']],
    [`{destinations: [{name: in-cluster, namespace: '*'}]}`, ['spec.destinations.0.namespace']],
    ["{clusterResourceWhitelist: [{group: '*', kind: '*'}]}", ['spec.clusterResourceWhitelist.0']],
    [
      "{sourceRepos: ['*'], destinations: [{server: '*', namespace: '*'}], clusterResourceWhitelist: [{group: '*', kind: '*'}]}",
      ['spec.sourceRepos.0', 'spec.destinations.0.namespace', 'spec.clusterResourceWhitelist.0'],
    ],
  ])('%s is told each thing by itself', (spec, paths) => {
    expect(project(spec)).toEqual(paths);
  });

  it.each([
    '{sourceRepos: ["https://git.acme.example/*"]}',
    `{destinations: [{${here}, namespace: argocd}]}`,
    `{destinations: [{${here}, namespace: 'team-*'}]}`,
    "{destinations: [{server: https://prod.acme.example, namespace: '*'}]}",
    `{destinations: [{${here}, namespace: '*'}, {${here}, namespace: '!argocd'}]}`,
    "{clusterResourceWhitelist: [{group: '', kind: Namespace}, {group: rbac.authorization.k8s.io, kind: '*'}]}",
  ])('%s is told nothing', (spec) => {
    expect(project(spec)).toEqual([]);
  });
});

const applicationSet = (spec: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: pipelines, namespace: argocd}
spec: ${spec}
`;

describe('R59: an ApplicationSet', () => {
  it.each([
    ['{template: {metadata: {name: "{{name}}"}}}', 1],
    ['{goTemplate: false, template: {spec: {sources: [{path: "{{path}}"}]}}}', 1],
    ['{template: {metadata: {name: orders}}}', 0],
    ['{goTemplate: true, goTemplateOptions: [missingkey=error], template: {metadata: {name: "{{ .name }}"}}}', 0],
  ])('%s is told %d times that a key may be missing', (spec, times) => {
    expect(told('argocd/application-set-keys', applicationSet(spec))).toHaveLength(times);
  });

  it.each([
    ['{generators: [{git: {}}]}', 1],
    ['{generators: [{clusters: {}}], syncPolicy: {applicationsSync: create-delete}}', 1],
    ['{generators: [{matrix: {generators: [{git: {}}, {list: {}}]}}]}', 1],
    ['{generators: [{list: {elements: []}}]}', 0],
    ['{generators: [{pullRequest: {}}]}', 0],
    ['{generators: [{matrix: {generators: [{git: {}}, {pullRequest: {}}]}}]}', 0],
    ['{generators: [{git: {}}], syncPolicy: {applicationsSync: create-only}}', 0],
    ['{generators: [{git: {}}], syncPolicy: {preserveResourcesOnDeletion: true}}', 0],
  ])('%s is told %d times that it may delete all', (spec, times) => {
    expect(told('argocd/application-set-deletion', applicationSet(spec))).toHaveLength(times);
  });
});

describe('R60: an ApplicationSet that syncs in steps', () => {
  const rolling = (labels: string, steps: string, more = ''): readonly string[] =>
    told(
      'argocd/rolling-sync',
      applicationSet(`{strategy: {type: RollingSync, rollingSync: {steps: ${steps}}}, template: {metadata: {labels: ${labels}}${more}}}`),
    ).map((line) => line.split(':')[0] ?? '');
  const STEPS = 'spec.strategy.rollingSync.steps';

  it.each([
    ['{}', '[{matchExpressions: [{key: env, operator: In, values: [dev]}]}]'],
    ['{env: test}', '[{matchExpressions: [{key: env, operator: In, values: [dev]}]}, {matchExpressions: [{key: env, operator: In, values: [prod]}]}]'],
    ['{env: dev}', '[{matchExpressions: [{key: env, operator: NotIn, values: [dev]}]}]'],
    ['{env: dev}', '[{matchExpressions: [{key: env, operator: In, values: [dev]}, {key: team, operator: In, values: [orders]}]}]'],
  ])('with the labels %s is matched by no step of %s', (labels, steps) => {
    expect(rolling(labels, steps)).toEqual([STEPS]);
  });

  it.each([
    ['{env: "{{ .env }}"}', '[{matchExpressions: [{key: env, operator: In, values: [dev]}]}]'],
    ['{"{{ .key }}": dev}', '[{matchExpressions: [{key: env, operator: In, values: [dev]}]}]'],
    ['{}', '[{matchExpressions: [{key: env, operator: NotIn, values: [dev]}]}]'],
    ['{env: dev}', '[{matchExpressions: [{key: env, operator: In, values: [prod]}]}, {}]'],
  ])('with the labels %s may be matched by a step of %s', (labels, steps) => {
    expect(rolling(labels, steps)).toEqual([]);
  });

  it('asks for no healing, which it switches off', () => {
    const spec = (automated: string): string =>
      applicationSet(`{strategy: {type: RollingSync, rollingSync: {steps: [{}]}}, template: {spec: {syncPolicy: {automated: ${automated}}}}}`);
    expect(told('argocd/rolling-sync', spec('{prune: true, selfHeal: true}'))).toHaveLength(1);
    expect(told('argocd/rolling-sync', spec('{prune: true}'))).toEqual([]);
    expect(told('argocd/rolling-sync', spec('{enabled: false, selfHeal: true}'))).toEqual([]);
  });
});

describe('R62: a namespace that an Application makes', () => {
  const made = application('a', '{syncOptions: [CreateNamespace=true]}');
  const namespace = (name: string): string => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`;

  it('has labels where a manifest of it wins', () => {
    expect(told('argocd/create-namespace', { 'argocd/a.yaml': made, 'ns.yaml': namespace('kafka') })).toEqual([]);
    expect(told('argocd/create-namespace', { 'argocd/a.yaml': made, 'ns.yaml': namespace('flink') })).toHaveLength(1);
  });

  it('is asked about nowhere else', () => {
    expect(told('argocd/create-namespace', application('a', '{syncOptions: [CreateNamespace=false]}'))).toEqual([]);
    expect(told('argocd/create-namespace', made.replace('namespace: kafka', 'namespace: "{{ namespace }}"'))).toEqual([]);
  });
});

describe('R69: credentials of Kafka', () => {
  const project = (spec: string): readonly string[] =>
    told('argocd/project-kafka-access', `apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: team, namespace: argocd}\nspec: ${spec}\n`);

  it.each([
    ['{namespaceResourceWhitelist: [{group: access.strimzi.io, kind: "*"}]}', 1],
    ['{namespaceResourceWhitelist: [{group: "*", kind: KafkaAccess}]}', 1],
    ['{namespaceResourceWhitelist: [{group: access.strimzi.io, kind: KafkaAccess}, {group: kafka.strimzi.io, kind: Kafka}]}', 0],
    ['{namespaceResourceWhitelist: [{group: "*", kind: "*"}]}', 0],
    ['{namespaceResourceWhitelist: [{group: access.strimzi.io, kind: "*"}], namespaceResourceBlacklist: [{group: access.strimzi.io, kind: KafkaAccess}]}', 0],
    ['{sourceRepos: []}', 0],
  ])('may be taken through a project of %s: told %d times', (spec, times) => {
    expect(project(spec)).toHaveLength(times);
  });

  it('are handed out by the platform to whom it likes', () => {
    const rule = argocdRules.find(({ id }) => id === 'argocd/kafka-access');
    if (rule === undefined || typeof rule.fails === 'string') throw new Error('no example');
    expect(told('argocd/kafka-access', rule.fails)).toHaveLength(1);
    const platform = Object.fromEntries(
      Object.entries(rule.fails).map(([file, text]) => [
        file,
        text.replaceAll('{group: access.strimzi.io', '{group: kafka.strimzi.io, kind: Kafka}, {group: access.strimzi.io'),
      ]),
    );
    expect(told('argocd/kafka-access', platform)).toEqual([]);
  });
});

describe('R51: Applications in waves', () => {
  const settings =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm, namespace: argocd, labels: {app.kubernetes.io/part-of: argocd}}\ndata: {url: https://argocd.acme.example}\n';
  const wave = (name: string, at: string): string => application(name, '{}', `, annotations: {${at}}`);
  const health = (files: Readonly<Record<string, string>>): readonly string[] => told('argocd/application-health', { 'cm.yaml': settings, ...files });

  it('wait for each other where one root delivers them', () => {
    const files = {
      'roots.yaml': application('one', '{}'),
      'one/a.yaml': wave('a', 'argocd.argoproj.io/sync-wave: "0"'),
      'one/b.yaml': wave('b', 'argocd.argoproj.io/sync-wave: "5"'),
    };
    expect(health(files)).toHaveLength(1);
  });

  it('wait for each other in whatever folders the root reads', () => {
    const root = application('one', '{}').replace('path: one', 'path: one, directory: {recurse: true}');
    const files = { 'one/x/a.yaml': wave('a', 'argocd.argoproj.io/sync-wave: "0"'), 'one/y/b.yaml': wave('b', 'argocd.argoproj.io/sync-wave: "5"') };
    expect(health({ 'roots.yaml': root, ...files })).toHaveLength(1);
    expect(health(files)).toEqual([]);
  });

  it('do not where they are hooks, or have no number for a wave', () => {
    expect(health({ 'apps/a.yaml': wave('a', 'argocd.argoproj.io/sync-wave: "0"'), 'apps/b.yaml': wave('b', 'argocd.argoproj.io/sync-wave: "1e1"') })).toEqual(
      [],
    );
    expect(
      health({
        'apps/a.yaml': wave('a', 'argocd.argoproj.io/sync-wave: "0"'),
        'apps/b.yaml': wave('b', 'argocd.argoproj.io/sync-wave: "5", argocd.argoproj.io/hook: PostSync'),
      }),
    ).toEqual([]);
  });
});

describe('R50: a health check', () => {
  const script = (lines: readonly string[]): readonly string[] =>
    told(
      'argocd/health-script',
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm, namespace: argocd, labels: {app.kubernetes.io/part-of: argocd}}\ndata:\n  resource.customizations.health.a.example_B: |\n${lines.map((line) => `    ${line}`).join('\n')}\n`,
    );
  const END = 'return {status = "Healthy"}';

  it.each([
    ['a method', ['local conditions = {}', 'function conditions:find(type) return obj.status[type] end', 'local ready = conditions:find("Ready")', END]],
    ['a function of a table', ['local tools = {match = function(self, text) return text end}', 'local x = tools:match("a")', END]],
    ['a function that is given later', ['local tools = {}', 'tools.sub = function(self) return 1 end', 'local x = tools:sub()', END]],
    ['a metatable', ['local tools = setmetatable({}, {})', 'local x = tools:find("a")', END]],
    ['a table in the place of a library', ['string = {}', 'string.upper = function(x) return x end', 'local x = string.upper("a")', END]],
  ])('may call %s of its own', (_what, lines) => {
    expect(script(lines)).toEqual([]);
  });

  it.each([
    ['local x = ("abc"):find("b")', 'find'],
    ['local x = obj.status.message:match("b")', 'match'],
  ])('may not call %s', (line, name) => {
    expect(script([line, END])).toEqual([
      `data.resource.customizations.health.a.example_B: the health check of a.example/B fails: line 1: a text has no ${name}, since the library string is not open`,
    ]);
  });
});
