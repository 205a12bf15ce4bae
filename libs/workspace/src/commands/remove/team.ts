import { environmentFile, MILLRACE_FILE, pipelineFile, teamNamespace } from '@millrace/model';

import { finishing, leave, left } from './leaving.js';
import { goneAlready, inTheWay, type Removal } from './removal.js';

/**
 * A team goes when it owns no pipeline and no session cluster, in any release that runs. In a second step Argo CD's projects
 * forget its namespaces.
 */
export const removeTeam: Removal = (workspace, { name, data }) => {
  if (!(name in workspace.millrace.value.teams)) {
    const forgotten = data === 'finish' ? [...workspace.environments.values()].flatMap((environment) => left(environment, 'teams', name) ?? []) : [];
    return forgotten.length === 0 ? goneAlready(`team ${name}`) : { edits: forgotten, notices: [] };
  }
  inTheWay(data === 'finish' ? [{ file: MILLRACE_FILE, message: `the team ${name} is there still`, remedy: `First step: millrace remove team ${name}` }] : []);
  inTheWay([
    ...[...workspace.pipelines].flatMap(([pipeline, { next }]) =>
      next.value.team === name
        ? [{ file: pipelineFile(pipeline), message: `the pipeline ${pipeline} belongs to ${name}`, remedy: 'Give it another team, or remove it first.' }]
        : [],
    ),
    ...[...workspace.environments].flatMap(([environment, { value }]) =>
      Object.entries(value.flink.sessions).flatMap(([session, { team }]) =>
        team === name
          ? [
              {
                file: environmentFile(environment),
                message: `the session cluster ${session} belongs to ${name}`,
                remedy: `Remove it first: millrace remove session ${session} --environment ${environment}`,
              },
            ]
          : [],
      ),
    ),
  ]);
  const namespaces = [...workspace.environments.values()].flatMap((environment) => {
    const namespace = teamNamespace(workspace, environment.value, name);
    return namespace === undefined ? [] : [{ environment, namespace }];
  });
  const command = `millrace remove team ${name}`;
  return {
    edits: [
      { kind: 'yaml', file: MILLRACE_FILE, edits: [{ kind: 'delete', path: ['teams', name] }] },
      ...namespaces.map(({ environment, namespace }) => ({
        kind: 'yaml' as const,
        file: environment.file,
        edits: [
          ...(['namespaces', 'identities'] as const).flatMap((section) =>
            name in environment.value.flink[section] ? [{ kind: 'delete' as const, path: ['flink', section, name] }] : [],
          ),
          leave(environment, 'teams', name, namespace),
        ],
      })),
    ],
    notices: [
      { message: `the namespaces of ${name} go, with all that is in them`, remedy: 'Argo CD asks a person before it deletes one.' },
      ...[...new Set(namespaces.map(({ namespace }) => namespace))].map((namespace) =>
        finishing(
          namespace,
          namespaces.flatMap((one) => (one.namespace === namespace ? [one.environment.value.environment] : [])),
          command,
        ),
      ),
    ],
  };
};
