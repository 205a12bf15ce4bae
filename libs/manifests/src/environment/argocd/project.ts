import type { Environment, Workspace } from '@millrace/model';

import type { Context } from '../../template.js';
import type { Kind, NamedKind } from './kinds.js';
import { syncWindowsOf, type ProjectScope } from './sync-windows.js';

/** An AppProject before its template is filled: from where its Applications may make what, and where (R58). */
export interface ProjectPlan {
  readonly project: string;
  readonly description: string;
  readonly scope: ProjectScope;
  readonly server: string;
  /** Left out: this repository alone. */
  readonly repositories?: readonly string[];
  readonly namespaces: readonly string[];
  /** Who else has something in these namespaces; where it is nobody, what no Application has is worth a warning. */
  readonly neighbours: 'nobody' | 'others';
  readonly clusterKinds?: readonly NamedKind[];
  /** None: nothing that lives in a namespace. */
  readonly kinds: readonly Kind[];
}

/** What the template `argocd/project` is filled with, for an environment. */
export function projectContext(workspace: Workspace, environment: Environment, plan: ProjectPlan): Context {
  const { repository, argocd } = workspace.millrace.value;
  const kinds = distinct(plan.kinds);
  const clusterKinds = distinct(plan.clusterKinds ?? []);
  return {
    project: plan.project,
    argocdNamespace: argocd.namespace,
    description: plan.description,
    repositories: each(plan.repositories ?? [repository.url]),
    destinations: each(plan.namespaces).map((namespace) => ({ server: plan.server, namespace })),
    clusterKinds: clusterKinds.length === 0 ? undefined : clusterKinds,
    kinds: kinds.length === 0 ? undefined : kinds,
    warnsOfOrphans: plan.neighbours === 'nobody',
    syncWindows: syncWindowsOf(environment, plan.scope),
  };
}

const each = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

/** Each kind once, by group, kind and name. */
function distinct<K extends Kind>(kinds: readonly K[]): readonly K[] {
  const keyed = new Map(kinds.map((one) => [Object.values(one).join(' '), one]));
  return [...keyed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);
}
