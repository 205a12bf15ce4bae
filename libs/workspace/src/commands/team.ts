import { environmentFile, flinkVersionsOf, MILLRACE_FILE, namespaceName, platform, teamName, type FlinkVersion, type PlatformName } from '@millrace/model';
import * as z from 'zod';

import { defineCommand } from '../command.js';

/** Adds a team, and its session cluster in every environment that runs sessions. */
export const team = defineCommand({
  name: 'team',
  summary: 'Add a team that owns pipelines',
  examples: ['millrace team orders --namespace flink'],
  options: z.strictObject({
    name: teamName.meta({ description: "The team's name", positional: 0, prompt: 'What is the team called?' }),
    namespace: namespaceName.meta({ description: 'Where its jobs run', prompt: 'In which namespace do its jobs run?' }),
  }),
  plan: (workspace, { name, namespace }) => [
    { kind: 'yaml', file: MILLRACE_FILE, edits: [{ kind: 'set', path: ['teams', name, 'namespace'], value: namespace }] },
    ...[...workspace.environments].flatMap(([environment, { value }]) =>
      value.flink.mode === 'application' || Object.values(value.flink.sessions).some((session) => session.team === name)
        ? []
        : [{ kind: 'yaml' as const, file: environmentFile(environment), edits: sessionEdits(name, newestFlink(value.platform)) }],
    ),
  ],
});

/** The session cluster of a team, as environment.yaml has it. */
export function sessionEdits(team: string, flinkVersion: FlinkVersion) {
  return [
    { kind: 'set' as const, path: ['flink', 'sessions', `${team}-session`], value: { team, flinkVersion, slots: 4, taskManager: { memory: '4096m', cpu: 1 } } },
  ];
}

/** What is made for a set runs its newest Flink. */
export function newestFlink(name: PlatformName): FlinkVersion {
  return flinkVersionsOf(platform(name)).at(-1) ?? 'v2_2';
}
