import { declaredKafkas, kafkaPath, MAIN_KAFKA, sharedCluster, type Environment, type Problem, type Workspace, teamNamespace } from '@millrace/model';

import { problemAt } from './rule.js';

/** Environments that share a cluster differ in every namespace, and one of them manages the operators. */
export function* sharedClusters(workspace: Workspace): Generator<Problem> {
  const all = [...workspace.environments.values()];
  for (const [index, later] of all.entries()) {
    for (const earlier of all.slice(0, index)) {
      const cluster = sharedCluster(workspace, later.value, earlier.value);
      if (cluster === undefined) continue;
      const [guest, host] = hold(workspace, later.value) > hold(workspace, earlier.value) ? [earlier, later] : [later, earlier];
      const name = guest.value.environment;
      const taken = new Set(namespacesOf(workspace, host.value).map(({ namespace }) => namespace));
      for (const { namespace, path, remedy } of namespacesOf(workspace, guest.value)) {
        if (!taken.has(namespace)) continue;
        yield problemAt(
          guest,
          path,
          `${name} and ${host.value.environment} share the cluster ${cluster} and the namespace ${namespace}`,
          `${remedy} If these are two clusters, correct cluster.name or cluster.server in one of them.`,
        );
      }
      if (guest.value.cluster.operators === 'managed' && host.value.cluster.operators === 'managed') {
        yield problemAt(
          guest,
          ['cluster', 'operators'],
          `${name} and ${host.value.environment} both manage the operators of ${cluster}`,
          `Let one of them have them provided: millrace environment ${name} --operators provided`,
        );
      }
    }
  }
}

/** How hard it is for an environment to give way to another one: pipelines that run in it stay where they are, and so do operators mostly. */
function hold({ placements }: Workspace, { environment, cluster }: Environment): number {
  return ((placements.get(environment)?.size ?? 0) > 0 ? 2 : 0) + (cluster.operators === 'managed' ? 1 : 0);
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
        remedy: `Give it another one: add --namespace ${namespace}-${name} to millrace kafka-cluster ${which} --environment ${name}.`,
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
