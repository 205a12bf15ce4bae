import { environmentFile, MILLRACE_FILE, namespaceName, teamName } from '@millrace/model';
import * as z from 'zod';

import { defineCommand } from '../command.js';
import { keepTeamNamespace } from './immutable/jobs.js';
import { newestFlink, sessionEdits } from './team-session.js';

/** Adds a team, and its session cluster in every environment that runs sessions. */
export const team = defineCommand({
  name: 'team',
  summary: 'Add a team that owns pipelines',
  examples: ['millrace team orders --namespace flink'],
  options: z.strictObject({
    name: teamName.meta({ description: "The team's name", positional: 0, prompt: 'What is the team called?' }),
    namespace: namespaceName.meta({ description: 'Where its jobs run', prompt: 'In which namespace do its jobs run?' }),
  }),
  plan: (workspace, { name, namespace }) => {
    keepTeamNamespace(workspace, workspace.millrace, name, namespace);
    return [
      { kind: 'yaml', file: MILLRACE_FILE, edits: [{ kind: 'set', path: ['teams', name, 'namespace'], value: namespace }] },
      ...[...workspace.environments].flatMap(([environment, { value }]) =>
        value.flink.mode === 'application' || Object.values(value.flink.sessions).some((session) => session.team === name)
          ? []
          : [{ kind: 'yaml' as const, file: environmentFile(environment), edits: sessionEdits(name, newestFlink(value.platform)) }],
      ),
    ];
  },
});
