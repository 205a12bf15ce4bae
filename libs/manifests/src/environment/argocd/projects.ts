import { applicationName, declaredKafkas, type Environment, type Workspace } from '@millrace/model';

import { teamNamespace } from '../../pipeline/placed.js';
import type { Context } from '../../template.js';
import { syncWindowsOf, type ProjectScope } from '../sync-windows.js';
import { FLINK_KINDS, KAFKA_KINDS, type Kind } from './kinds.js';

/** An AppProject before its template is filled: what its Applications may make, and where (R58). */
export interface ProjectPlan {
  readonly project: string;
  readonly description: string;
  readonly scope: ProjectScope;
  readonly server: string;
  readonly namespaces: readonly string[];
  readonly clusterKinds?: readonly Kind[];
  readonly kinds: readonly Kind[];
}

/** What the template `argocd/project` is filled with, for an environment. */
export function projectContext(workspace: Workspace, environment: Environment, plan: ProjectPlan): Context {
  const { repository, argocd } = workspace.millrace.value;
  return {
    project: plan.project,
    argocdNamespace: argocd.namespace,
    description: plan.description,
    repository: repository.url,
    destinations: plan.namespaces.map((namespace) => ({ server: plan.server, namespace })),
    clusterKinds: plan.clusterKinds,
    kinds: plan.kinds,
    syncWindows: syncWindowsOf(environment, plan.scope),
  };
}

/** The projects of the teams, by the file that each is in: for a team one in Kafka's namespaces, and one in its own. */
export function teamProjects(workspace: Workspace, environment: Environment): readonly { readonly path: string; readonly plan: ProjectPlan }[] {
  const { environment: name } = environment;
  const { server } = environment.cluster;
  const kafkas = declaredKafkas(environment).map(({ kafka }) => kafka.namespace);
  return Object.keys(workspace.millrace.value.teams)
    .sort()
    .flatMap((team) => {
      const namespace = teamNamespace(workspace, environment, team);
      const inKafka: ProjectPlan = {
        project: applicationName(name, team, 'kafka'),
        description: `Topics and users of the team ${team} in ${name}`,
        scope: 'pipelines',
        server,
        namespaces: kafkas,
        kinds: KAFKA_KINDS,
      };
      const own = (there: string): ProjectPlan => ({
        project: applicationName(name, team, 'flink'),
        description: `Flink jobs of the team ${team} in ${name}`,
        scope: 'pipelines',
        server,
        namespaces: [there],
        kinds: FLINK_KINDS[environment.flink.mode],
      });
      return [
        ...(kafkas.length === 0 ? [] : [{ path: `platform/project-${team}-kafka.yaml`, plan: inKafka }]),
        ...(namespace === undefined ? [] : [{ path: `platform/project-${team}-flink.yaml`, plan: own(namespace) }]),
      ];
    });
}
