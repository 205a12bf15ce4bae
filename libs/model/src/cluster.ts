import type { Environment } from './declared/environment.js';
import type { OperatorName, Operators } from './declared/environment/operators.js';
import type { Workspace } from './workspace.js';

/** What an Argo CD calls the cluster that it runs in. */
export const IN_CLUSTER = 'https://kubernetes.default.svc';

/**
 * The cluster that two environments share: by its name, or by the API server's address. An Argo CD calls its own cluster
 * kubernetes.default.svc, so that address says nothing where each cluster has one; of a hub it is the hub's cluster.
 */
export function sharedCluster({ millrace, environments }: Workspace, { cluster: a }: Environment, { cluster: b }: Environment): string | undefined {
  if (a.name !== undefined && a.name === b.name) return a.name;
  const { hub } = millrace.value.argocd;
  const isHub = hub !== undefined && environments.has(hub);
  return a.server === b.server && (isHub || a.server !== IN_CLUSTER) ? (a.name ?? b.name ?? a.server) : undefined;
}

/** The environments in an environment's cluster, itself among them, by name. */
export function inSameCluster(workspace: Workspace, environment: Environment): readonly Environment[] {
  return [...workspace.environments.values()]
    .map(({ value }) => value)
    .filter((other) => other.environment === environment.environment || sharedCluster(workspace, environment, other) !== undefined)
    .sort((a, b) => (a.environment < b.environment ? -1 : 1));
}

/** The environment that manages the operators of an environment's cluster; undefined where somebody else does. */
export function operatorsKeeper(workspace: Workspace, environment: Environment): Environment | undefined {
  return inSameCluster(workspace, environment).find(({ cluster }) => cluster.operators === 'managed');
}

/** How an environment keeps an operator of its cluster; undefined where others do. */
export function keptOperator<N extends OperatorName>({ cluster, operators }: Environment, name: N): Operators[N] | undefined {
  const operator = operators[name];
  return cluster.operators === 'managed' && operator.managed ? operator : undefined;
}

/** How an operator of an environment's cluster is kept; undefined where somebody else keeps it. */
export function managedOperator<N extends OperatorName>(workspace: Workspace, environment: Environment, name: N): Operators[N] | undefined {
  const keeper = operatorsKeeper(workspace, environment);
  return keeper === undefined ? undefined : keptOperator(keeper, name);
}
