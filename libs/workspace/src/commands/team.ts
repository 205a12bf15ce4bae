import { environmentFile, MILLRACE_FILE, namespaceName, teamName, type Edit } from '@millrace/model';
import * as z from 'zod';

import { defineCommand } from '../command.js';
import { keepTeamNamespace, keepTeamNamespaceIn } from './immutable/jobs.js';
import { namedEnvironment } from './named.js';
import { namespaces } from './namespaces.js';
import { setterAt } from './set-edits.js';
import { newestFlink, sessionEdits } from './team-session.js';

/** Adds a team, and its session cluster in every environment that runs sessions. */
export const team = defineCommand({
  name: 'team',
  summary: 'Add a team that owns pipelines',
  examples: ['millrace team orders --namespace flink', 'millrace team risk --namespace risk --namespace-in staging=risk-staging'],
  options: z.strictObject({
    name: teamName.meta({ description: "The team's name", positional: 0, prompt: 'What is the team called?' }),
    namespace: namespaceName.meta({ description: 'Where its jobs run', prompt: 'In which namespace do its jobs run?' }),
    namespaceIn: namespaces('staging=risk-staging').meta({
      description: 'Where they run in an environment that shares its cluster with another, environment=namespace, repeatable',
      pairs: true,
    }),
  }),
  plan: (workspace, { name, namespace, namespaceIn }) => {
    keepTeamNamespace(workspace, name, namespace, Object.keys(namespaceIn));
    for (const [environment, own] of Object.entries(namespaceIn)) keepTeamNamespaceIn(workspace, namedEnvironment(workspace, environment), name, own);
    const set = setterAt();
    return [
      { kind: 'yaml', file: MILLRACE_FILE, edits: set(['teams', name, 'namespace'], namespace) },
      ...[...workspace.environments].flatMap(([environment, { value }]) => {
        const hasSession = value.flink.mode === 'application' || Object.values(value.flink.sessions).some((session) => session.team === name);
        const edits: readonly Edit[] = [
          ...set(['flink', 'namespaces', name], namespaceIn[environment]),
          ...(hasSession ? [] : sessionEdits(name, newestFlink(value.platform))),
        ];
        return edits.length === 0 ? [] : [{ kind: 'yaml' as const, file: environmentFile(environment), edits }];
      }),
    ];
  },
});
