import {
  environmentFile,
  environmentName,
  flinkVersion,
  IN_CLUSTER,
  newestLayout,
  newestPlatform,
  objectName,
  platformNames,
  storageUri,
  webUrl,
} from '@millrace/model';
import * as z from 'zod';

import { defineCommand } from '../command.js';
import { kafkaPins } from './platform.js';
import { newestFlink, sessionEdits } from './team.js';

/** Adds an environment, or changes what the flags name of one that is there. */
export const environment = defineCommand({
  name: 'environment',
  summary: 'Add an environment',
  examples: [
    'millrace environment dev --mode session --storage s3://my-bucket/dev',
    'millrace environment prod --promotes-from staging --mode application --storage s3://my-bucket/prod',
  ],
  options: z.strictObject({
    name: environmentName.meta({ description: "The environment's name", positional: 0, prompt: 'What is the environment called?' }),
    promotesFrom: environmentName.optional().meta({ description: 'Where its releases come from; leave out for the first environment' }),
    mode: z
      .enum(['application', 'session'])
      .meta({ description: 'A Flink cluster for every job, or jobs in the session cluster of their team', prompt: 'How does Flink run here?' }),
    storage: storageUri.meta({ description: 'Checkpoints, savepoints and high availability metadata', prompt: 'Under which URI does Flink keep state?' }),
    server: webUrl.optional().meta({ description: `The API server, as the Argo CD of this environment reaches it (a new environment: ${IN_CLUSTER})` }),
    cluster: objectName.optional().meta({ description: "The cluster's name, where environments share one" }),
    operators: z
      .enum(['managed', 'provided'])
      .optional()
      .meta({ description: "Whether this environment manages its cluster's operators (a new environment: managed)" }),
    platform: z.enum(platformNames).optional().meta({ description: 'The tested set of versions (a new environment: the newest)' }),
    flinkVersion: flinkVersion
      .optional()
      .meta({ description: "What the session clusters of the teams run, in mode session (a new one: the platform's newest)" }),
  }),
  plan: (workspace, options) => {
    const { name, promotesFrom, mode, storage, server, cluster, operators } = options;
    const there = workspace.environments.get(name)?.value;
    const before = promotesFrom === undefined ? undefined : workspace.environments.get(promotesFrom)?.value;
    const platform = options.platform ?? there?.platform ?? newestPlatform;
    const teams = Object.keys(workspace.millrace.value.teams);
    const lacking = mode === 'session' ? teams.filter((team) => !Object.values(there?.flink.sessions ?? {}).some((session) => session.team === team)) : [];
    return [
      {
        kind: 'yaml',
        file: environmentFile(name),
        start: '# yaml-language-server: $schema=../../tools/schemas/environment.schema.json\n',
        edits: [
          { kind: 'set', path: ['environment'], value: name },
          ...(promotesFrom === undefined ? [] : [{ kind: 'set' as const, path: ['promotesFrom'], value: promotesFrom }]),
          { kind: 'set', path: ['layout'], value: there?.layout ?? before?.layout ?? newestLayout },
          { kind: 'set', path: ['platform'], value: platform },
          ...(there === undefined ? [] : kafkaPins(there, platform)).map(({ path, value }) => ({ kind: 'set' as const, path, value })),
          ...(cluster === undefined ? [] : [{ kind: 'set' as const, path: ['cluster', 'name'], value: cluster }]),
          { kind: 'set', path: ['cluster', 'server'], value: server ?? there?.cluster.server ?? IN_CLUSTER },
          { kind: 'set', path: ['cluster', 'operators'], value: operators ?? there?.cluster.operators ?? 'managed' },
          { kind: 'set', path: ['flink', 'mode'], value: mode },
          { kind: 'set', path: ['flink', 'storage'], value: storage },
          ...lacking.flatMap((team) => sessionEdits(team, options.flinkVersion ?? newestFlink(platform))),
          { kind: 'set', path: ['credentials'], value: there?.credentials ?? 'external-secrets' },
        ],
      },
    ];
  },
});
