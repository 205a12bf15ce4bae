import { branchName, MILLRACE_FILE, namespaceName, repositoryFolder, repositoryUrl } from '@millrace/model';
import * as z from 'zod';

import { defineFirstCommand } from '../command.js';

/** Makes a repository a Millrace repository. */
export const init = defineFirstCommand({
  name: 'init',
  summary: 'Make this repository a Millrace repository',
  examples: ['millrace init --repository https://git.acme.example/platform/streaming.git'],
  options: z.strictObject({
    repository: repositoryUrl.meta({
      description: 'The URL from which Argo CD clones this repository',
      prompt: 'From which URL does Argo CD clone this repository?',
    }),
    branch: branchName.optional().meta({ description: 'The branch that Argo CD follows (default: main)' }),
    path: repositoryFolder.optional().meta({ description: 'The folder of the git repository that this is, where it is not its root' }),
    argocdNamespace: namespaceName.optional().meta({ description: "Argo CD's namespace (default: argocd)" }),
  }),
  plan: ({ repository, branch, path, argocdNamespace }) => [
    {
      kind: 'yaml',
      file: MILLRACE_FILE,
      start: '# yaml-language-server: $schema=./tools/schemas/millrace.schema.json\n# What holds for the whole repository.\n',
      edits: [
        { kind: 'set', path: ['repository', 'url'], value: repository },
        ...(branch === undefined ? [] : [{ kind: 'set' as const, path: ['repository', 'branch'], value: branch }]),
        ...(path === undefined ? [] : [{ kind: 'set' as const, path: ['repository', 'path'], value: path }]),
        ...(argocdNamespace === undefined ? [] : [{ kind: 'set' as const, path: ['argocd', 'namespace'], value: argocdNamespace }]),
      ],
    },
    {
      kind: 'json',
      file: 'nx.json',
      path: ['plugins'],
      change: (plugins) => withEntry(plugins, PLUGIN, (plugin) => plugin === PLUGIN || isPluginEntry(plugin)),
    },
    {
      kind: 'json',
      file: 'nx.json',
      path: ['sync', 'globalGenerators'],
      change: (generators) => withEntry(generators, SYNC, (generator) => generator === SYNC),
    },
    // The sync generator says what is stale; nothing is rewritten behind the back of somebody who runs a target.
    { kind: 'json', file: 'nx.json', path: ['sync', 'applyChanges'], change: (value) => value ?? false },
    { kind: 'lines', file: '.prettierignore', lines: ['/apps/*/next', '/apps/*/releases', '/environments', '/tools/schemas'] },
    { kind: 'lines', file: '.gitignore', lines: ['.millrace/', '.nx/', 'dist/', 'node_modules/', 'target/'] },
  ],
});

const PLUGIN = '@millrace/nx/plugin';
const SYNC = '@millrace/nx:sync';

function isPluginEntry(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && 'plugin' in entry && entry.plugin === PLUGIN;
}

function withEntry(list: unknown, entry: string, isThere: (item: unknown) => boolean): readonly unknown[] {
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  return items.some(isThere) ? items : [...items, entry];
}
