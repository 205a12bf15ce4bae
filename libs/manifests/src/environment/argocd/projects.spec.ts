import type { Workspace } from '@millrace/model';
import { describe, expect, it } from 'vitest';

import { changesOf, valuePaths } from '../../changed-values.fixture.js';
import { operators } from '../operators/operators.js';
import { argocdPlatform } from './platform.js';
import { list, nameOf, record, Repository } from '../../repository.fixture.js';
import { at, EVERYTHING, EXAMPLE, workspaceOf } from '../../workspace.fixture.js';

const PROD = 'environments/prod/';
const everything = new Repository(EVERYTHING);
const project = (from: Repository, name: string) => from.one('AppProject', PROD, name);
const namespacesOf = (body: unknown) => list(at(body, 'spec', 'destinations')).map((destination) => at(destination, 'namespace'));
const namespaceObjects = (body: unknown) =>
  list(at(body, 'spec', 'clusterResourceWhitelist')).flatMap((entry) => (at(entry, 'kind') === 'Namespace' ? [at(entry, 'name')] : []));

/** What the projects of a workspace allow, but for where and for which namespaces, by project; none where the workspace's rules would refuse it. */
function kindsOfProjects(workspace: Workspace): ReadonlyMap<string, ReadonlySet<string>> {
  try {
    return new Map(
      [...workspace.environments.values()]
        .flatMap(({ value }) => [...argocdPlatform(workspace, value, () => []), ...operators(workspace, value, () => [])])
        .flatMap(({ template, context }): [string, ReadonlySet<string>][] => {
          if (template !== 'argocd/project') return [];
          const kinds = [...list(context['clusterKinds']), ...list(context['kinds'])].filter((kind) => at(kind, 'kind') !== 'Namespace');
          return [[String(context['project']), new Set(kinds.map((kind) => JSON.stringify(kind)))]];
        }),
    );
  } catch {
    return new Map();
  }
}

describe('a project', () => {
  it('R58: allows what it ever made, whatever else is declared: Argo CD prunes nothing that a project does not allow', () => {
    const workspace = workspaceOf(EVERYTHING);
    const before = kindsOfProjects(workspace);
    expect(before.size).toBeGreaterThan(30);
    const shrunk: string[] = [];
    let tried = 0;
    for (const [name, { value }] of workspace.environments) {
      for (const path of valuePaths(value)) {
        // Who the environment is; an operator that others keep takes its definitions' Application along, which deletes none of them.
        if (['environment', 'promotesFrom', 'layout'].includes(path[0] ?? '') || ['managed', 'operators'].includes(path.at(-1) ?? '')) continue;
        for (const changed of changesOf(workspace, name, path)) {
          const after = kindsOfProjects(changed);
          tried += after.size;
          for (const [project, kinds] of after) {
            const lost = [...(before.get(project) ?? [])].filter((kind) => !kinds.has(kind));
            if (lost.length > 0) shrunk.push(`${path.join('.')} takes ${lost.join(' ')} from ${project}`);
          }
        }
      }
    }
    expect(tried).toBeGreaterThan(5000);
    expect(shrunk).toEqual([]);
  });

  it('R58: allows the namespaces that something leaves, to those that had them', () => {
    expect(namespacesOf(project(everything, 'prod.platform'))).toEqual(expect.arrayContaining(['kafka-old', 'orders-old', 'flink-retired']));
    expect(namespaceObjects(project(everything, 'prod.platform'))).toEqual(expect.arrayContaining(['kafka-old', 'orders-old', 'flink-retired']));
    expect(namespacesOf(project(everything, 'prod.orders.kafka'))).toContain('kafka-old');
    expect(namespacesOf(project(everything, 'prod.orders.flink'))).toEqual(['flink', 'orders-old']);
    expect(namespacesOf(project(everything, 'prod.payments.flink'))).toEqual(['flink-payments']);
    expect(namespacesOf(project(everything, 'prod.strimzi.operator'))).toEqual(expect.arrayContaining(['kafka-old', 'kafka-operator']));
    expect(namespaceObjects(project(everything, 'prod.strimzi.operator'))).toEqual(['kafka-operator', 'strimzi-operator']);
    expect(namespacesOf(project(everything, 'prod.flink.operator'))).toEqual(expect.arrayContaining(['orders-old', 'flink-retired']));
  });

  it('R58: of a team that was removed stays until its namespace is empty', () => {
    expect(namespacesOf(project(everything, 'prod.retired.flink'))).toEqual(['flink-retired']);
    expect(namespacesOf(project(everything, 'prod.retired.kafka'))).toContain('kafka');
  });

  it('R58: of the platform makes its own namespaces and no others', () => {
    expect(namespaceObjects(project(new Repository(EXAMPLE), 'prod.platform'))).toEqual(['flink', 'kafka']);
    for (const body of everything.all('AppProject'))
      for (const entry of list(at(body, 'spec', 'clusterResourceWhitelist'))) expect(at(entry, 'name'), String(nameOf(body))).toBeTypeOf('string');
  });

  it('is where the root of the platform reads it', () => {
    const elsewhere = everything.resources.filter(
      ({ kind, path }) => kind === 'AppProject' && !/^environments\/[^/]+\/argocd\/(?:platform\/)?[^/]+$/.test(path),
    );
    expect(elsewhere).toEqual([]);
  });

  it('R58: of an operator reaches no namespace of another', () => {
    const others = new Repository(EXAMPLE);
    expect(namespacesOf(project(others, 'prod.external-secrets.operator'))).toEqual(['external-secrets']);
    expect(at(project(others, 'prod.cert-manager.operator'), 'spec', 'sourceRepos')).not.toContain('https://charts.external-secrets.io');
  });

  it('R58: warns of what is in its namespaces and in no Application, where nobody else has anything', () => {
    const warns = everything
      .all('AppProject', PROD)
      .flatMap((body) => (record(at(body, 'spec', 'orphanedResources'))['warn'] === true ? [String(nameOf(body))] : []));
    expect(warns.sort()).toEqual(
      [
        'prod.cert-manager.operator',
        'prod.crds',
        'prod.external-secrets.operator',
        'prod.flink.operator',
        ...['idle', 'orders', 'payments', 'retired'].flatMap((team) => [`prod.${team}.flink`, `prod.${team}.kafka`]),
        'prod.platform',
        'prod.strimzi.operator',
      ].sort(),
    );
  });
});
