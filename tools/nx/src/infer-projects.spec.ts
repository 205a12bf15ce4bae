import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { promote } from '@millrace/promotion';
import { EXAMPLE, repository } from '@millrace/workspace/testing';
import type { ProjectConfiguration } from '@nx/devkit';
import { getImplicitlyTouchedProjects, getTouchedProjects } from 'nx/src/project-graph/affected/locators/workspace-projects';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createNodes, createNodesV2 } from './infer-projects.js';

const example = repository([...EXAMPLE, [promote, { pipeline: 'order-processor', to: 'staging' }], [promote, { pipeline: 'order-processor', to: 'prod' }]]);
// Somebody's own overlay, which is built on one within it, which is built on a folder elsewhere.
const OWN = new Map([
  ['environments/dev/own/kustomization.yaml', 'resources: [base]\n'],
  ['environments/dev/own/base/kustomization.yaml', 'resources: [../../../../shared]\n'],
]);
// A pipeline that ends like an environment's part begins: names that were joined with a dash would collide.
const files = new Map([
  ...example,
  ...OWN,
  ['apps/no-yaml/pipeline.yaml', 'pipeline: [broken'],
  // What somebody has beside ours may be called by the other names that kustomize knows.
  ['environments/dev/monitoring/Kustomization', 'resources: [../../../shared/monitoring/]\n'],
  ['shared/monitoring/kustomization.yml', 'resources: [../more]\n'],
]);

const root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
const projects = new Map<string, Partial<ProjectConfiguration>>();
const unexpected: unknown[] = [];

beforeAll(async () => {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const [, infer] = createNodes;
  const matching = [...files.keys()].filter((path) =>
    /^apps\/[^/]+\/pipeline\.yaml$|^environments\/[^/]+\/environment\.yaml$|^environments\/.*\/(?:kustomization\.ya?ml|Kustomization)$/.test(path),
  );
  for (const [, result] of await infer(matching, undefined, { workspaceRoot: root, nxJsonConfiguration: {} })) {
    const { projects: found = {}, ...rest } = result;
    for (const [folder, project] of Object.entries(found)) projects.set(folder, project);
    unexpected.push(...Object.keys(rest));
  }
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const environments = ['dev', 'staging', 'prod'];
const inputsOf = (folder: string): readonly unknown[] => projects.get(folder)?.targets?.['render']?.inputs ?? [];

/** What Nx's own code takes for affected by a change of one file. */
async function affectedBy(file: string): Promise<readonly string[]> {
  const nodes = Object.fromEntries(
    [...projects].map(([folder, { name = '', targets = {} }]) => [name, { name, type: 'app' as const, data: { root: folder, targets } }]),
  );
  const changes = [{ file, getChanges: () => [] }];
  return [...new Set([...(await getTouchedProjects(changes, nodes)), ...(await getImplicitlyTouchedProjects(changes, nodes, {}))])].sort();
}

describe('the inferred projects', () => {
  it('are found by the files that make them, and by the old name of the function too', () => {
    expect(createNodes[0]).toBe(
      '{apps/*/pipeline.yaml,environments/*/environment.yaml,environments/**/kustomization.yaml,environments/**/kustomization.yml,environments/**/Kustomization}',
    );
    expect(createNodesV2).toBe(createNodes);
  });

  it('are a pipeline each, an environment each, and an overlay each, named by their paths', () => {
    const parts = [
      'argocd',
      'argocd/settings',
      'flink',
      'kafka',
      'namespaces',
      ...['cert-manager', 'external-secrets', 'flink', 'strimzi'].map((operator) => `operators/${operator}`),
      'pipelines/order-processor/flink',
      'pipelines/order-processor/kafka',
    ];
    const overlays = environments.flatMap((environment) => parts.map((part) => [`environments/${environment}/${part}`, `${environment}/${part}`]));
    expect(new Map([...projects].map(([folder, { name }]) => [folder, name]))).toEqual(
      new Map([
        ['environments/dev/own', 'dev/own'],
        ['environments/dev/own/base', 'dev/own/base'],
        ...overlays.map(([folder = '', name]): [string, string | undefined] => [folder, name]),
        ...environments.map((name): [string, string] => [`environments/${name}`, name]),
        ['environments', 'environments'],
        ['environments/dev/monitoring', 'dev/monitoring'],
        ...['no-yaml', 'order-processor'].map((name): [string, string] => [`apps/${name}`, `apps/${name}`]),
      ]),
    );
    const names = [...projects.values()].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('say what they are by tags', () => {
    expect(projects.get('apps/order-processor')?.tags).toEqual(['pipeline:order-processor', 'team:orders']);
    expect(projects.get('environments/prod')?.tags).toEqual(['env:prod']);
    expect(projects.get('environments/prod/kafka')?.tags).toEqual(['env:prod']);
    expect(projects.get('environments/prod/pipelines/order-processor/flink')?.tags).toEqual(['env:prod', 'pipeline:order-processor', 'team:orders']);
  });

  it('depend on nothing: an edge would make every environment affected', () => {
    expect(unexpected).toEqual([]);
    for (const project of projects.values()) expect(project.implicitDependencies).toBeUndefined();
    for (const { targets } of projects.values()) for (const target of Object.values(targets ?? {})) expect(target.dependsOn).toBeUndefined();
  });

  it.each(environments)('have for inputs the overlay itself, the bases that it is built on, and the engine: %s', (environment) => {
    const pinned = environment === 'dev' ? 'next' : 'releases/1.0.0';
    const form = environment === 'dev' ? 'session' : 'application';
    const engine = inputsOf(`environments/${environment}/kafka`).slice(1);
    expect(engine.length).toBeGreaterThan(0);
    expect(JSON.stringify(engine)).toContain('kustomize');
    for (const [part, base] of [
      ['flink', form],
      ['kafka', 'kafka'],
    ]) {
      expect(inputsOf(`environments/${environment}/pipelines/order-processor/${part ?? ''}`)).toEqual([
        '{projectRoot}/**/*',
        `{workspaceRoot}/apps/order-processor/${pinned}/${base ?? ''}/**/*`,
        ...engine,
      ]);
    }
  });

  it('have for inputs what bases further on mention, whatever their kustomizations are called', () => {
    expect(inputsOf('environments/dev/monitoring')).toEqual(
      expect.arrayContaining(['{workspaceRoot}/shared/monitoring/**/*', '{workspaceRoot}/shared/more/**/*']),
    );
  });

  it('render into a file that is theirs alone, cached', () => {
    const outputs = [...projects].flatMap(([folder, { targets }]) => {
      const render = targets?.['render'];
      return render === undefined ? [] : [{ folder, outputs: render.outputs, cache: render.cache, executor: render.executor }];
    });
    expect(outputs).toEqual(
      outputs.map(({ folder }) => ({ folder, outputs: [`{workspaceRoot}/dist/${folder}.yaml`], cache: true, executor: '@millrace/nx:render' })),
    );
    expect(outputs).toHaveLength(36);
  });

  it('are checked, each of them, cached, and anew where rules or settings change', () => {
    for (const { targets } of projects.values()) {
      const check = targets?.['check'];
      expect(check).toMatchObject({ executor: '@millrace/nx:check', cache: true });
      expect(check?.inputs).toEqual(expect.arrayContaining(['{workspaceRoot}/millrace.yaml', '{workspaceRoot}/schemas/**/*']));
    }
  });

  it('are checked anew where their environment names another set of versions', () => {
    const inputsOfCheck = (folder: string): readonly unknown[] => projects.get(folder)?.targets?.['check']?.inputs ?? [];
    expect(inputsOfCheck('environments/prod/kafka')).toContain('{workspaceRoot}/environments/prod/environment.yaml');
    expect(inputsOfCheck('environments/prod/pipelines/order-processor/flink')).toContain('{workspaceRoot}/environments/prod/environment.yaml');
    expect(inputsOfCheck('apps/order-processor')).toContain('{workspaceRoot}/environments/*/environment.yaml');
  });

  it('check in an environment what it runs, and nothing of what it does not', () => {
    const inputs = projects.get('environments/prod')?.targets?.['check']?.inputs ?? [];
    expect(inputs).toEqual(
      expect.arrayContaining([
        '{workspaceRoot}/apps/order-processor/releases/1.0.0/application/**/*',
        '{workspaceRoot}/apps/order-processor/releases/1.0.0/kafka/**/*',
        '{workspaceRoot}/apps/order-processor/releases/1.0.0/pipeline.yaml',
      ]),
    );
    expect(inputs.filter((input) => JSON.stringify(input).includes('/next'))).toEqual([]);
  });

  it.each([
    ['a patch of the platform', 'environments/staging/kafka/patches/listener.yaml', ['staging/kafka']],
    ['the values of an operator', 'environments/staging/operators/strimzi/own-values.yaml', ['staging/operators/strimzi']],
    ['an Application', 'environments/staging/argocd/pipelines/own.yaml', ['staging/argocd']],
    [
      "the settings of Argo CD, within another overlay's folder",
      'environments/staging/argocd/settings/argocd-cm.yaml',
      ['staging/argocd', 'staging/argocd/settings'],
    ],
    ["a patch of a pipeline's overlay", 'environments/staging/pipelines/order-processor/flink/patches/slots.yaml', ['staging/pipelines/order-processor/flink']],
    ['a placement', 'environments/staging/pipelines/order-processor/placement.yaml', []],
    ['what is in no overlay', 'environments/staging/credentials/namespace.flink.yaml', []],
  ])('are checked anew with their environment and what environments share, and no other environment, after a change of %s', async (_, file, overlays) => {
    expect(await affectedBy(file)).toEqual(['environments', 'staging', ...overlays]);
  });

  it('are checked anew in the environments that run what has changed of a pipeline', async () => {
    const overlays = (environment: string): readonly string[] => [`${environment}/pipelines/order-processor/kafka`];
    expect(await affectedBy('apps/order-processor/next/kafka/topic-orders.yaml')).toEqual(['apps/order-processor', 'dev', ...overlays('dev'), 'environments']);
    expect(await affectedBy('apps/order-processor/pipeline.yaml')).toEqual(['apps/order-processor', 'dev']);
    const release = 'apps/order-processor/releases/1.0.0';
    expect(await affectedBy(`${release}/kafka/topic-orders.yaml`)).toEqual([
      'apps/order-processor',
      'environments',
      'prod',
      ...overlays('prod'),
      'staging',
      ...overlays('staging'),
    ]);
    expect(await affectedBy(`${release}/pipeline.yaml`)).toEqual(['apps/order-processor', 'prod', 'staging']);
    expect(await affectedBy('apps/order-processor/job/src/main/java/Job.java')).toEqual(['apps/order-processor']);
  });

  it('are all of them checked anew after a change of what holds for the whole repository', async () => {
    expect(await affectedBy('millrace.yaml')).toHaveLength(projects.size);
  });

  it('are rendered anew where an overlay within them changes, or what that is built on', async () => {
    expect(await affectedBy('environments/dev/own/base/settings.yaml')).toEqual(['dev', 'dev/own', 'dev/own/base', 'environments']);
    expect(await affectedBy('shared/settings.yaml')).toEqual(['dev', 'dev/own', 'dev/own/base', 'environments']);
  });

  it('build and test a job where there is one', () => {
    const { build, test } = projects.get('apps/order-processor')?.targets ?? {};
    for (const target of [build, test]) {
      expect(target).toMatchObject({ executor: 'nx:run-commands', cache: true });
      expect(target?.inputs).toEqual(expect.arrayContaining(['{projectRoot}/job/**/*', '!{projectRoot}/job/target/**/*']));
    }
    expect(Object.keys(projects.get('apps/no-yaml')?.targets ?? {})).toEqual(['check']);
  });

  it('stay whole beside a file that is no YAML: sync says what is wrong with it', () => {
    expect(projects.get('apps/no-yaml')).toMatchObject({ name: 'apps/no-yaml', tags: ['pipeline:no-yaml'] });
  });
});
