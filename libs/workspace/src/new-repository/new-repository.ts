import {
  branchName,
  environmentName,
  IN_CLUSTER,
  MILLRACE_FILE,
  MillraceError,
  misused,
  namespaceName,
  objectName,
  repositoryName,
  repositoryUrl,
  storageUri,
  teamName,
  webUrl,
} from '@millrace/model';
import { newRepositoryFiles, wordsOf, type PackageManager } from '@millrace/manifests';
import * as z from 'zod';

import { asChanges, textsOf, type Changes, type Write } from '../changes.js';
import { flagOf, keyValues, parseOptions, type Command } from '../command.js';
import { environment } from '../commands/environment.js';
import { init } from '../commands/init.js';
import { kafkaCluster } from '../commands/kafka-cluster.js';
import { team } from '../commands/team.js';
import { editedFiles } from '../files/edited.js';
import type { Files } from '../files/files.js';
import { planCommand } from '../run-command.js';
import { millraceVersion } from '../version.js';
import { begunByNx } from './begun-by-nx.js';

const options = z.strictObject({
  name: repositoryName.meta({ description: "The repository's name, and its folder's", positional: 0, prompt: 'What is the repository called?' }),
  environments: z
    .array(environmentName)
    .min(1, { error: 'expected at least one environment' })
    .refine((names) => new Set(names).size === names.length, { error: 'an environment stands there twice' })
    .optional()
    .meta({
      description: 'The environments, in the order of promotion (default: dev,staging,prod)',
      prompt: 'Which environments, in the order of promotion?',
    }),
  clusters: keyValues('prod=https://prod.acme.example:6443')
    .optional()
    .meta({
      description: `Their clusters' API servers, as Argo CD reaches them, environment=URL; environments with the same one get namespaces of their own there (default: each Argo CD's own, ${IN_CLUSTER})`,
      prompt: "Which API servers does Argo CD sync to, as environment=URL? (none: each environment's Argo CD runs in its own cluster)",
    }),
  repository: repositoryUrl.optional().meta({
    description: 'The URL from which Argo CD clones the repository (default: https://git.example.com/<name>.git, to be changed later by millrace init)',
    prompt: 'From which URL will Argo CD clone it?',
  }),
  storage: storageUri.optional().meta({
    description: 'Where Flink keeps its state; each environment has a prefix below it (default: s3://<name>)',
    prompt: 'Where does Flink keep its state?',
    examples: ['s3://acme-flink'],
  }),
  team: teamName.optional().meta({ description: 'The first team that owns pipelines (default: streaming)', prompt: 'What is the first team called?' }),
  namespace: namespaceName.optional().meta({ description: 'Where its jobs run (default: flink)', prompt: 'In which namespace do its jobs run?' }),
  storageClass: objectName
    .optional()
    .meta({ description: "StorageClass of Kafka's volumes (default: standard)", prompt: "Which StorageClass do Kafka's volumes have?" }),
  branch: branchName.optional().meta({ description: 'The branch that Argo CD follows (default: main)' }),
  packageManager: z
    .string()
    .regex(/^(?:npm|pnpm|yarn)(?:@\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)?$/, {
      error: 'expected npm, pnpm or yarn, with or without a version (for example pnpm@10.33.0)',
    })
    .optional()
    .meta({ description: 'npm, pnpm or yarn (default: the one that runs this)' }),
});

/** What a new repository asks. Flags, questions, Nx's schema and the help come from it, as with a command. */
export const newRepository: Pick<Command, 'name' | 'summary' | 'examples' | 'options'> = {
  name: 'create',
  summary: 'Make a new repository for a streaming platform',
  examples: [
    'npm create millrace my-platform',
    'npm create millrace my-platform -- --yes --environments dev,prod --clusters prod=https://prod.acme.example:6443',
    'pnpm create millrace my-platform --repository https://git.acme.example/platform/streaming.git --storage s3://acme-flink --storage-class fast-ssd',
  ],
  options,
};

/** A new repository's settings, every one of them chosen. */
export interface NewRepositorySettings {
  readonly name: string;
  readonly environments: readonly string[];
  readonly clusters: Readonly<Record<string, string>>;
  readonly repository: string;
  readonly storage: string;
  readonly team: string;
  readonly namespace: string;
  readonly storageClass: string;
  readonly branch: string;
  readonly packageManager: string;
}

/** The settings that were chosen, and the defaults for the rest. Throws a usage error that names the flags. */
export function newRepositorySettings(chosen: unknown): NewRepositorySettings {
  const { name, clusters = {}, ...rest } = parseOptions('create-millrace', options, chosen, HELP);
  const settings = {
    name,
    clusters,
    environments: rest.environments ?? ['dev', 'staging', 'prod'],
    repository: rest.repository ?? `https://git.example.com/${name}.git`,
    storage: rest.storage ?? `s3://${name}`,
    team: rest.team ?? 'streaming',
    namespace: rest.namespace ?? 'flink',
    storageClass: rest.storageClass ?? 'standard',
    branch: rest.branch ?? 'main',
    packageManager: rest.packageManager ?? 'npm',
  };
  checkClusters(settings);
  return settings;
}

const HELP = 'npm create millrace -- --help';

/** Clusters are of environments that there are. */
function checkClusters({ environments, clusters }: NewRepositorySettings): void {
  const wrong = (message: string, remedy: string): MillraceError => misused(`${flagOf('clusters')}: ${message}`, remedy);
  for (const [name, server] of Object.entries(clusters)) {
    if (!environments.includes(name)) throw wrong(`there is no environment ${name}`, `Name one of ${environments.join(', ')}.`);
    const url = webUrl.safeParse(server);
    if (!url.success) throw wrong(`${name}: ${url.error.issues.map(({ message }) => message).join('; ')}`, `Write ${name}=https://<host>:6443.`);
  }
}

/** The commands that make the repository, in the order in which somebody would type them. */
function steps(settings: NewRepositorySettings): readonly (readonly [Command, Readonly<Record<string, unknown>>])[] {
  const { environments, clusters, repository, branch, storage, namespace, storageClass } = settings;
  return [
    [init, { repository, ...(branch === 'main' ? {} : { branch }) }],
    [team, { name: settings.team, namespace }],
    ...environments.flatMap((name, index): (readonly [Command, Readonly<Record<string, unknown>>])[] => {
      const [first, server] = [index === 0, clusters[name]];
      // The first environment in a cluster keeps its operators; the others have namespaces of their own there.
      const shares = server !== undefined && server !== IN_CLUSTER && environments.slice(0, index).some((other) => clusters[other] === server);
      return [
        [
          environment,
          {
            name,
            // Jobs of the first environment are restarted often: in a session that takes seconds.
            mode: first ? 'session' : 'application',
            storage: `${storage}/${name}`,
            ...(first ? {} : { promotesFrom: environments[index - 1] }),
            ...(server === undefined ? {} : { server }),
            ...(shares ? { operators: 'provided', namespace: [`${settings.team}=${namespace}-${name}`] } : {}),
          },
        ],
        [
          kafkaCluster,
          {
            name: 'kafka-cluster',
            environment: name,
            storageClass,
            ...(shares ? { namespace: `kafka-${name}` } : {}),
            ...(first ? { storageSize: '10Gi' } : { brokers: 3, controllers: 3, storageSize: '100Gi' }),
          },
        ],
      ];
    }),
  ];
}

/**
 * Everything that a new repository consists of, as changes of a folder that has nothing of it yet: its declared files,
 * made by the commands, what is generated from them, and the files beside. In sync at birth. `nx` is the version of Nx that it
 * pins. What create-nx-workspace has begun with is replaced. Throws where the folder is a Millrace repository already, where
 * somebody's file would be overwritten, and what the commands throw.
 */
export function planNewRepository(files: Files, settings: NewRepositorySettings, nx: string): Changes {
  if (files.read(MILLRACE_FILE) !== undefined) {
    throw new MillraceError('refused', [
      { file: MILLRACE_FILE, message: 'this is a Millrace repository already', remedy: 'Change it by the commands: npx millrace --help' },
    ]);
  }
  const { name, repository, branch, environments } = settings;
  const texts = new Map(
    newRepositoryFiles({
      ...{ name, repository, branch, environments, team: settings.team },
      packageManager: packageManagerOf(settings.packageManager),
      versions: { millrace: millraceVersion(), nx },
    }),
  );
  for (const [command, commandOptions] of steps(settings)) {
    const { changes } = planCommand(editedFiles(files, texts), command, commandOptions);
    if (changes.refused.length > 0) throw new MillraceError('refused', changes.refused);
    for (const [path, text] of textsOf(changes)) if (text !== null) texts.set(path, text);
  }
  const changes = asChanges([...texts].map(([path, text]) => ({ path, text, before: files.read(path) })));
  refuseToOverwrite(files, changes.update);
  return changes;
}

/** What Nx has just begun with is nobody's yet, and a file that only gains lines loses nothing. */
function refuseToOverwrite(files: Files, writes: readonly Write[]): void {
  const isBegun = begunByNx(files);
  const lost = writes.filter(({ path, text, before }) => before !== undefined && !text.startsWith(before) && !isBegun(path));
  if (lost.length === 0) return;
  throw new MillraceError(
    'refused',
    lost.map(({ path }) => ({
      file: path,
      message: 'this file is there already, and a new repository would overwrite it',
      remedy: 'Make a repository that is there a Millrace repository, your files kept: npx millrace init --repository <URL>',
    })),
  );
}

/** What somebody types to the package manager of a new repository. */
export function typedTo({ packageManager }: NewRepositorySettings): { readonly install: string; readonly run: string } {
  return wordsOf(packageManagerOf(packageManager));
}

function packageManagerOf(text: string): PackageManager {
  const [name, version] = text.split('@');
  if (name === 'npm') return { name };
  if ((name === 'pnpm' || name === 'yarn') && version !== undefined) return { name, version };
  throw misused(`${flagOf('packageManager')}: ${text} has no version`, `Write ${text}@<version>, as ${text} --version prints it.`);
}
