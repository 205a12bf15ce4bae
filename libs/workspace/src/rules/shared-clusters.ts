import { declaredKafkas, environmentFile, kafkaPath, sharedCluster, type Environment, type Problem, type Workspace, teamNamespace } from '@millrace/model';

import { problemAt } from './rule.js';

/** Environments that share a cluster differ in every namespace, and one of them manages the operators. */
export function* sharedClusters(workspace: Workspace): Generator<Problem> {
  const all = [...workspace.environments.values()];
  for (const [index, declared] of all.entries()) {
    for (const other of all.slice(0, index)) {
      const cluster = sharedCluster(workspace, declared.value, other.value);
      if (cluster === undefined) continue;
      const taken = new Map(namespacesOf(workspace, other.value));
      for (const [namespace, path] of namespacesOf(workspace, declared.value)) {
        if (!taken.has(namespace)) continue;
        yield problemAt(
          declared,
          path,
          `${declared.value.environment} and ${other.value.environment} share the cluster ${cluster} and the namespace ${namespace}`,
          `Give one of them another namespace in ${environmentFile(declared.value.environment)} (kafka.namespace, flink.namespaces), or another cluster.`,
        );
      }
      if (declared.value.cluster.operators === 'managed' && other.value.cluster.operators === 'managed') {
        yield problemAt(
          declared,
          ['cluster', 'operators'],
          `${declared.value.environment} and ${other.value.environment} both manage the operators of ${cluster}`,
          'Write operators: provided in one of them.',
        );
      }
    }
  }
}

function namespacesOf(workspace: Workspace, environment: Environment): readonly [string, readonly string[]][] {
  const teams = Object.keys(workspace.millrace.value.teams);
  return [
    ...declaredKafkas(environment).map(({ name, kafka }): [string, readonly string[]] => [kafka.namespace, [...kafkaPath(name), 'namespace']]),
    ...teams.flatMap((team): readonly [string, readonly string[]][] => {
      const namespace = teamNamespace(workspace, environment, team);
      return namespace === undefined ? [] : [[namespace, team in environment.flink.namespaces ? ['flink', 'namespaces', team] : ['flink']]];
    }),
  ];
}
