import { declaredKafkas, kafkaPath, MAIN_KAFKA, sharedCluster, type Environment, type Problem, type Workspace, teamNamespace } from '@millrace/model';

import { problemAt } from './rule.js';

/** Environments that share a cluster differ in every namespace, and one of them manages the operators. */
export function* sharedClusters(workspace: Workspace): Generator<Problem> {
  const all = [...workspace.environments.values()];
  for (const [index, declared] of all.entries()) {
    for (const other of all.slice(0, index)) {
      const cluster = sharedCluster(workspace, declared.value, other.value);
      if (cluster === undefined) continue;
      const taken = new Set(namespacesOf(workspace, other.value).map(({ namespace }) => namespace));
      for (const { namespace, path, remedy } of namespacesOf(workspace, declared.value)) {
        if (!taken.has(namespace)) continue;
        yield problemAt(
          declared,
          path,
          `${declared.value.environment} and ${other.value.environment} share the cluster ${cluster} and the namespace ${namespace}`,
          remedy,
        );
      }
      if (declared.value.cluster.operators === 'managed' && other.value.cluster.operators === 'managed') {
        yield problemAt(
          declared,
          ['cluster', 'operators'],
          `${declared.value.environment} and ${other.value.environment} both manage the operators of ${cluster}`,
          `Let one of them have them provided: millrace environment ${declared.value.environment} --operators provided`,
        );
      }
    }
  }
}

/** A namespace that an environment takes, where that is declared, and how to give it another one before anything runs in it. */
interface Taken {
  readonly namespace: string;
  readonly path: readonly string[];
  readonly remedy: string;
}

function namespacesOf(workspace: Workspace, environment: Environment): readonly Taken[] {
  const { environment: name, flink } = environment;
  const teams = Object.keys(workspace.millrace.value.teams);
  return [
    ...declaredKafkas(environment).map(({ name: as, kafka: { cluster, namespace } }): Taken => {
      const which = `${cluster}${as === MAIN_KAFKA ? '' : ` --as ${as}`}`;
      return {
        namespace,
        path: [...kafkaPath(as), 'namespace'],
        remedy: `Give it another one: millrace kafka-cluster ${which} --environment ${name} --namespace ${namespace}-${name}`,
      };
    }),
    ...teams.flatMap((team): readonly Taken[] => {
      const namespace = teamNamespace(workspace, environment, team);
      if (namespace === undefined) return [];
      const own = `${namespace}-${name}`;
      return [
        {
          namespace,
          path: team in flink.namespaces ? ['flink', 'namespaces', team] : ['flink'],
          remedy: `Give ${team} another one in ${name}: add --namespace ${team}=${own} to millrace environment ${name}; or --namespace-in ${name}=${own} to millrace team ${team}, if that is what is new.`,
        },
      ];
    }),
  ];
}
