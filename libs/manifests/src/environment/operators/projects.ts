import { applicationName, environmentFile, environmentFolder, type Environment, type Workspace } from '@millrace/model';

import { manifestsIn, type Manifest } from '../../file.js';
import { syncWindowsOf } from '../sync-windows.js';
import { chartSource, definitionsRepository } from './applications.js';
import { allowed, allowedNamed, type AllowedKind } from './operator.js';
import type { KeptOperator } from './operators.js';

/** What the overlay of every operator has. */
const OVERLAY_KINDS = allowed('networking.k8s.io', 'NetworkPolicy');

/** What operators may make, and where, and what their definitions may: exactly what their charts have, no kind by a wildcard (R58). */
export function operatorProjects(workspace: Workspace, environment: Environment, kept: readonly KeptOperator[]): readonly Manifest[] {
  const { repository, argocd } = workspace.millrace.value;
  const { server } = environment.cluster;
  const name = environment.environment;
  const manifest = manifestsIn(`${environmentFolder(name)}/argocd/platform`, environmentFile(name), environment.layout, 'change that file.');
  const destinations = (namespaces: readonly string[]) => each(namespaces).map((namespace) => ({ server, namespace }));
  return [
    manifest('project-operators.yaml', 'operators/project', {
      project: applicationName(name, 'operators'),
      argocdNamespace: argocd.namespace,
      syncWindows: syncWindowsOf(environment, 'platform'),
      description: `The operators of ${name}`,
      repositories: each([...kept.map((operator) => chartSource(environment, operator.name).repoURL), repository.url]),
      destinations: destinations(kept.flatMap(({ namespace, plan }) => [namespace, ...plan.namespaces])),
      clusterKinds: [
        ...each(kept.map(({ namespace }) => namespace)).flatMap((namespace) => allowedNamed(namespace, '', 'Namespace')),
        ...distinct(kept.flatMap(({ plan }) => plan.clusterKinds)),
      ],
      kinds: distinct([...kept.flatMap(({ plan }) => plan.kinds), ...OVERLAY_KINDS]),
    }),
    manifest('project-crds.yaml', 'operators/project', {
      project: applicationName(name, 'crds'),
      argocdNamespace: argocd.namespace,
      syncWindows: syncWindowsOf(environment, 'platform'),
      description: `The definitions of the operators' resources in ${name}`,
      repositories: each(kept.map((operator) => definitionsRepository(environment, operator.name))),
      destinations: destinations(kept.map(({ namespace }) => namespace)),
      clusterKinds: kept.flatMap(({ plan }) => allowedNamed(plan.definitions, 'apiextensions.k8s.io', 'CustomResourceDefinition')),
      kinds: undefined,
    }),
  ];
}

const each = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

/** Each kind once, by group, kind and name. */
function distinct<K extends AllowedKind>(kinds: readonly K[]): readonly K[] {
  const keyed = new Map(kinds.map((one) => [Object.values(one).join(' '), one]));
  return [...keyed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);
}
