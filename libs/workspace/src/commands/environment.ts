import {
  environmentFile,
  environmentName,
  flinkVersion,
  IN_CLUSTER,
  misused,
  newestLayout,
  newestPlatform,
  objectName,
  platformNames,
  storageUri,
  webUrl,
  type Edit,
  type Flink,
  type FlinkVersion,
  type PlatformName,
  type Workspace,
} from '@millrace/model';
import * as z from 'zod';

import { defineCommand } from '../command.js';
import { keepEnvironment, keepTeamNamespaceIn } from './immutable/jobs.js';
import { kafkaPins, pinEdits, pinNotices } from './kafka-pins.js';
import { namespaces } from './namespaces.js';
import { namedTeam } from './named.js';
import { operatorDowngrades } from './operator-downgrades.js';
import { setterAt } from './set-edits.js';
import { newestFlink, sessionEdits } from './team-session.js';

/** Adds an environment, or changes what the flags name of one that is there. */
export const environment = defineCommand({
  name: 'environment',
  summary: 'Add an environment, or change one',
  examples: [
    'millrace environment dev --mode session --storage s3://my-bucket/dev',
    'millrace environment prod --promotes-from staging --mode application --storage s3://my-bucket/prod',
    'millrace environment prod --cluster eu-1 --operators provided --namespace orders=flink-prod',
  ],
  options: z.strictObject({
    name: environmentName.meta({ description: "The environment's name", positional: 0, prompt: 'What is the environment called?' }),
    promotesFrom: environmentName.optional().meta({ description: 'Where its releases come from; leave out for the first environment', examples: ['staging'] }),
    mode: z
      .enum(['application', 'session'])
      .optional()
      .meta({ description: 'A Flink cluster for every job, or jobs in the session cluster of their team; a new environment needs it' }),
    storage: storageUri.optional().meta({ description: 'Checkpoints, savepoints and high availability metadata; a new environment needs it' }),
    server: webUrl.optional().meta({
      description: `The API server, as the Argo CD of this environment reaches it (a new environment: ${IN_CLUSTER})`,
      examples: ['https://prod.acme.example:6443'],
    }),
    cluster: objectName.optional().meta({ description: "The cluster's name, where environments share one", examples: ['eu-1'] }),
    operators: z
      .enum(['managed', 'provided'])
      .optional()
      .meta({ description: "Whether this environment manages its cluster's operators (a new environment: managed)" }),
    namespace: namespaces('orders=flink-staging').meta({
      description: "Where a team's jobs run here, where environments share a cluster, team=namespace, repeatable (default: as millrace.yaml says)",
      pairs: true,
    }),
    platform: z.enum(platformNames).optional().meta({ description: 'The tested set of versions (a new environment: the newest)' }),
    flinkVersion: flinkVersion
      .optional()
      .meta({ description: "What the session clusters of the teams run, in mode session (a new one: the platform's newest)" }),
  }),
  plan: (workspace, options) => {
    const { name } = options;
    const declared = workspace.environments.get(name);
    const there = declared?.value;
    keepEnvironment(workspace, declared, { mode: options.mode, server: options.server });
    for (const [team, namespace] of Object.entries(options.namespace)) keepTeamNamespaceIn(workspace, declared, namedTeam(workspace, team), namespace);
    const mode = options.mode ?? there?.flink.mode;
    const storage = options.storage ?? there?.flink.storage;
    if (mode === undefined || storage === undefined) {
      const missing = [...(mode === undefined ? ['--mode'] : []), ...(storage === undefined ? ['--storage'] : [])];
      throw misused(
        `there is no environment ${name}: a new one needs ${missing.join(' and ')}`,
        `Say both, for example --mode application --storage s3://my-bucket/${name}.`,
      );
    }
    const before = options.promotesFrom === undefined ? undefined : workspace.environments.get(options.promotesFrom)?.value;
    const platform = options.platform ?? there?.platform ?? newestPlatform;
    const pins = there === undefined ? [] : kafkaPins(there, platform);
    const set = setterAt();
    return {
      edits: [
        {
          kind: 'yaml',
          file: environmentFile(name),
          start: '# yaml-language-server: $schema=../../tools/schemas/environment.schema.json\n',
          edits: [
            ...set(['environment'], name),
            ...set(['promotesFrom'], options.promotesFrom),
            ...set(['layout'], there?.layout ?? before?.layout ?? newestLayout),
            ...set(['platform'], platform),
            ...pinEdits(pins),
            ...set(['cluster', 'name'], options.cluster),
            ...set(['cluster', 'server'], options.server ?? there?.cluster.server ?? IN_CLUSTER),
            ...set(['cluster', 'operators'], options.operators ?? there?.cluster.operators ?? 'managed'),
            ...set(['flink', 'mode'], mode),
            ...set(['flink', 'storage'], storage),
            ...Object.entries(options.namespace).flatMap(([team, namespace]) => set(['flink', 'namespaces', team], namespace)),
            ...newSessions(workspace, name, mode, platform, options.flinkVersion),
            ...set(['credentials'], there?.credentials ?? 'external-secrets'),
          ],
        },
      ],
      notices: [...(there === undefined ? [] : operatorDowngrades(there, platform)), ...pinNotices(environmentFile(name), pins, platform)],
    };
  },
});

/** A session cluster for every team that has none, in mode session. Throws where somebody says what Flink they run and there is none to make. */
function newSessions(workspace: Workspace, name: string, mode: Flink['mode'], platform: PlatformName, wanted: FlinkVersion | undefined): readonly Edit[] {
  const sessions = Object.values(workspace.environments.get(name)?.value.flink.sessions ?? {});
  const lacking = Object.keys(workspace.millrace.value.teams).filter((team) => mode === 'session' && !sessions.some((session) => session.team === team));
  if (wanted !== undefined && lacking.length === 0 && !sessions.some(({ flinkVersion }) => flinkVersion === wanted)) {
    throw mode === 'application'
      ? misused(`--flink-version is what session clusters run, and ${name} is of mode application`, 'Leave it out: a job says itself what it runs on.')
      : misused(
          `no session cluster of ${name} is new: --flink-version changes none that is there`,
          `Add one: millrace session <name> --environment ${name} --team <team> --flink-version ${wanted}`,
        );
  }
  return lacking.flatMap((team) => sessionEdits(team, wanted ?? newestFlink(platform)));
}
