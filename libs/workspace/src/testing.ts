import { textsOf, type Changes } from './changes.js';
import { editCommands } from './commands/index.js';
import type { Command } from './command.js';
import { memoryFiles } from './files/memory.js';
import { planCommand, planSync } from './run-command.js';

export { NX_VERSIONS } from './commands/init.js';

/**
 * A small kit for tests, ours and those of whoever builds on this library: repositories in memory, made by the
 * commands themselves.
 */

/** A repository as text by path. */
export type Repository = ReadonlyMap<string, string>;

/** A step: a command's name, or a command, and its options. */
export type Step = readonly [command: string | Command, options: Readonly<Record<string, unknown>>];

/** The repository after some commands. Throws what they throw, and where a generated file was edited. */
export function repository(steps: readonly Step[], start: Repository = new Map()): Repository {
  return steps.reduce((files, [command, options]) => after(files, command, options), start);
}

/** The repository after one command. */
export function after(files: Repository, command: string | Command, options: Readonly<Record<string, unknown>>): Repository {
  const value = typeof command === 'string' ? editCommands.find(({ name }) => name === command) : command;
  if (value === undefined) throw new Error(`there is no command ${JSON.stringify(command)}`);
  const { changes } = planCommand(memoryFiles(files), value, options);
  return withChanges(files, changes);
}

/** The repository with every generated file made again. Throws where one was edited. */
export function synced(files: Repository): Repository {
  return withChanges(files, planSync(memoryFiles(files)).changes);
}

function withChanges(files: Repository, changes: Changes): Repository {
  if (changes.refused.length > 0) throw new Error(changes.refused.map(({ file, message }) => `${file ?? ''}: ${message}`).join('\n'));
  const texts = new Map(files);
  for (const [path, text] of textsOf(changes)) {
    if (text === null) texts.delete(path);
    else texts.set(path, text);
  }
  return texts;
}

const DIGEST = '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';

/** The steps that make the complete example up to its first promotion: dev with sessions, staging and prod with applications. */
export const EXAMPLE: readonly Step[] = [
  ['init', { repository: 'https://git.acme.example/platform/streaming.git' }],
  ['team', { name: 'orders', namespace: 'flink' }],
  ['environment', { name: 'dev', mode: 'session', storage: 's3://my-bucket/dev' }],
  ['environment', { name: 'staging', promotesFrom: 'dev', mode: 'application', storage: 's3://my-bucket/staging' }],
  ['environment', { name: 'prod', promotesFrom: 'staging', mode: 'application', storage: 's3://my-bucket/prod' }],
  ['kafka-cluster', { name: 'kafka-cluster', environment: 'dev', storageClass: 'standard', storageSize: '10Gi' }],
  ['kafka-cluster', { name: 'kafka-cluster', environment: 'staging', brokers: 3, controllers: 3, storageClass: 'fast-ssd', storageSize: '50Gi' }],
  ['kafka-cluster', { name: 'kafka-cluster', environment: 'prod', brokers: 3, controllers: 3, storageClass: 'fast-ssd', storageSize: '100Gi' }],
  [
    'pipeline',
    {
      name: 'order-processor',
      team: 'orders',
      topics: ['orders', 'order-totals'],
      partitions: 10,
      user: 'flink-app',
      job: 'order-processor',
      reads: ['orders'],
      writes: ['order-totals'],
      consumerGroup: 'order-processor-group',
      package: 'com.acme.orders',
    },
  ],
  ['topic', { name: 'orders', pipeline: 'order-processor', config: ['retention.ms=604800000', 'compression.type=snappy'] }],
  [
    'artifact',
    {
      pipeline: 'order-processor',
      image: `ghcr.io/acme/order-processor@sha256:${DIGEST}`,
      jarUri: 'https://artifacts.acme.example/order-processor-1.0.0.jar',
      jarSha256: DIGEST,
    },
  ],
];
