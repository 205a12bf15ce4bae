import { branchName, isMapping, MILLRACE_FILE, MillraceError, namespaceName, repositoryFolder, repositoryUrl, type Problem } from '@millrace/model';
import { intersects, minVersion, validRange } from 'semver';
import * as z from 'zod';

import { textsOf, type Changes } from '../changes.js';
import { defineFirstCommand } from '../command.js';
import type { FileEdit } from '../file-edit.js';
import { millraceVersion } from '../version.js';
import { keepArgocdNamespace } from './immutable/argocd-namespace.js';

/** Makes a repository a Millrace repository, an Nx workspace that is there already included. */
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
    argocdNamespace: namespaceName.optional().meta({ description: "Argo CD's namespace (default: argocd)", examples: ['argocd'] }),
  }),
  plan: ({ repository, branch, path, argocdNamespace }, workspace) => {
    if (workspace !== undefined) keepArgocdNamespace(workspace, argocdNamespace);
    return {
      edits: [
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
        nxSetting(['plugins'], (plugins) => withEntry(plugins, PLUGIN, (plugin) => plugin === PLUGIN || isPluginEntry(plugin))),
        nxSetting(['sync', 'globalGenerators'], (generators) => withEntry(generators, SYNC, (generator) => generator === SYNC)),
        // The sync generator says what is stale; nothing is rewritten behind the back of somebody who runs a target.
        nxSetting(['sync', 'applyChanges'], (value) => value ?? false),
        // Where packages are listed, those that run the plugin and the commands are; a version that somebody chose stays.
        ...['@millrace/nx', 'millrace'].map((name): FileEdit => ({
          kind: 'json',
          file: 'package.json',
          absent: 'leave',
          path: ['devDependencies', name],
          change: (value, manifest) => (isListed(manifest, name) ? value : versionBeside(manifest)),
        })),
        // The plugin's peer, at the version of Nx itself: Nx's packages belong together.
        {
          kind: 'json',
          file: 'package.json',
          absent: 'leave',
          path: ['devDependencies', '@nx/devkit'],
          change: (value, manifest) => (isListed(manifest, '@nx/devkit') ? value : listed(manifest, 'nx')),
        },
        { kind: 'lines', file: '.prettierignore', lines: ['/apps/*/next', '/apps/*/releases', '/environments', '/tools/schemas'] },
        { kind: 'lines', file: '.gitignore', lines: ['.millrace/', '.nx/', 'dist/', 'node_modules/', 'target/'] },
      ],
      notices: newlyWritten,
    };
  },
});

/** What was not there before: a second run says nothing. */
function newlyWritten(changes: Changes): readonly Problem[] {
  const written = textsOf(changes);
  return [
    ...(written.has('nx.json')
      ? [
          {
            message: `nx.json has the plugin ${PLUGIN}, and the global sync generator ${SYNC}, which only says what is stale`,
            remedy: 'See its projects: npx nx show projects',
          },
        ]
      : []),
    ...changes.update
      .filter(({ path }) => path === 'package.json')
      .map(({ text, before = '' }) => ({
        message: `package.json lists ${PACKAGES.filter((name) => text.includes(`"${name}"`) && !before.includes(`"${name}"`)).join(', ')} now`,
        remedy: 'Install them with your package manager, as with npm install.',
      })),
  ];
}

const PACKAGES = ['millrace', '@millrace/nx', '@nx/devkit'];
const PLUGIN = '@millrace/nx/plugin';
const SYNC = '@millrace/nx:sync';

function nxSetting(path: readonly string[], change: (value: unknown) => unknown): FileEdit {
  return { kind: 'json', file: 'nx.json', absent: 'make', path, change };
}

function isPluginEntry(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && 'plugin' in entry && entry.plugin === PLUGIN;
}

function withEntry(list: unknown, entry: string, isThere: (item: unknown) => boolean): readonly unknown[] {
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  return items.some(isThere) ? items : [...items, entry];
}

/** The versions of Nx that the plugin works with, as it tells its package manager. */
export const NX_VERSIONS = '>=23 <25';

/** The version of Millrace for a package.json. Throws where that has a version of Nx that the plugin does not work with. */
function versionBeside(manifest: unknown): string {
  const nx = listed(manifest, 'nx');
  // A tag, a catalog or a folder says no version.
  if (typeof nx === 'string' && validRange(nx) !== null && !intersects(nx, NX_VERSIONS)) {
    throw new MillraceError('refused', [
      {
        file: 'package.json',
        message: `Nx is ${nx} here, and @millrace/nx ${millraceVersion()} works with ${NX_VERSIONS}`,
        remedy: (minVersion(nx)?.major ?? 0) < 23 ? 'Move Nx first: npx nx migrate 23, then npx nx migrate --run-migrations' : 'Take a newer Millrace.',
      },
    ]);
  }
  return millraceVersion();
}

const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** What a package.json says of a package, as whatever kind of dependency. */
function listed(manifest: unknown, name: string): unknown {
  if (!isMapping(manifest)) return undefined;
  return KINDS.map((kind) => manifest[kind]).flatMap((list) => (isMapping(list) && list[name] !== undefined ? [list[name]] : []))[0];
}

function isListed(manifest: unknown, name: string): boolean {
  return listed(manifest, name) !== undefined;
}
