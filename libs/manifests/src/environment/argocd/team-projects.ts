import { applicationName, declaredKafkas, teamNamespace, type Environment, type Workspace } from '@millrace/model';

import { TEAM_FLINK_KINDS, TEAM_KAFKA_KINDS } from './kinds.js';
import { leavingKafkas, leavingTeams } from './leaving.js';
import type { ProjectPlan } from './project.js';

/**
 * The projects of the teams, by the file in argocd/platform that each is in: for a team one in Kafka's namespaces, and one in its own. A team
 * that was removed has them until Argo CD has pruned what it had.
 */
export function teamProjects(workspace: Workspace, environment: Environment): readonly { readonly path: string; readonly plan: ProjectPlan }[] {
  const { environment: name } = environment;
  const { server } = environment.cluster;
  const kafkas = [...declaredKafkas(environment).map(({ kafka }) => kafka.namespace), ...leavingKafkas(environment)];
  const teams = [...new Set([...Object.keys(workspace.millrace.value.teams), ...Object.keys(environment.argocd.leaving.teams)])].sort();
  return teams.flatMap((team) => {
    const common = { scope: 'pipelines', server, neighbours: 'nobody' } as const;
    const own = [...[teamNamespace(workspace, environment, team) ?? []].flat(), ...leavingTeams(environment, team)];
    return [
      ...(kafkas.length === 0
        ? []
        : [
            {
              path: `project-${team}-kafka.yaml`,
              plan: {
                ...common,
                project: applicationName(name, team, 'kafka'),
                description: `Topics and users of the team ${team} in ${name}`,
                namespaces: kafkas,
                kinds: TEAM_KAFKA_KINDS,
              },
            },
          ]),
      ...(own.length === 0
        ? []
        : [
            {
              path: `project-${team}-flink.yaml`,
              plan: {
                ...common,
                project: applicationName(name, team, 'flink'),
                description: `Flink jobs of the team ${team} in ${name}`,
                namespaces: own,
                kinds: TEAM_FLINK_KINDS,
              },
            },
          ]),
    ];
  });
}
