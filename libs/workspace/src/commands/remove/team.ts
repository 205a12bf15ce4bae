import { environmentFile, MILLRACE_FILE, pipelineFile } from '@millrace/model';

import { goneAlready, inTheWay, type Removal } from './removal.js';

/** A team goes when it owns no pipeline and no session cluster, in any release that runs. */
export const removeTeam: Removal = (workspace, { name }) => {
  if (!(name in workspace.millrace.value.teams)) return goneAlready(`team ${name}`);
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
  return {
    edits: [
      { kind: 'yaml', file: MILLRACE_FILE, edits: [{ kind: 'delete', path: ['teams', name] }] },
      ...[...workspace.environments].flatMap(([environment, { value }]) => {
        const paths = [
          ...(name in value.flink.namespaces ? [['flink', 'namespaces', name]] : []),
          ...(name in value.flink.identities ? [['flink', 'identities', name]] : []),
        ];
        return paths.length === 0
          ? []
          : [{ kind: 'yaml' as const, file: environmentFile(environment), edits: paths.map((path) => ({ kind: 'delete' as const, path })) }];
      }),
    ],
    notices: [{ message: `the namespaces of ${name} go, with all that is in them`, remedy: 'Argo CD asks a person before it deletes one.' }],
  };
};
