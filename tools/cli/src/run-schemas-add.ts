import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { definitionFiles } from '@millrace/check';
import { MillraceError, misused } from '@millrace/model';
import { applyChanges, asChanges, diskFiles } from '@millrace/workspace';
import { execa } from 'execa';

import type { Context } from './main.js';
import { reportChanges } from './report.js';
import { startOn } from './start-on.js';
import { terminal } from './terminal.js';

/** What the command line says to `schemas add`. */
export interface SchemasAddFlags {
  readonly context?: string;
  readonly group?: string;
  readonly dryRun?: boolean;
}

/** Writes the definitions of files, or of a cluster, into schemas/; those that are there in another form are replaced. */
export async function runSchemasAdd(context: Context, paths: readonly string[], flags: SchemasAddFlags): Promise<void> {
  const root = resolve(context.root());
  startOn(root, flags.dryRun === true ? 'reads' : 'writes');
  const folder = resolve(context.folder());
  const texts =
    paths.length > 0 ? paths.map((path) => readDefinitions(folder, path)) : [{ from: 'the cluster', text: await clusterDefinitions(flags.context) }];
  const wanted = new Map<string, string>();
  for (const { from, text } of texts) {
    const found = definitionFiles(from, text);
    if (found.size === 0) {
      throw new MillraceError('refused', [
        {
          ...(paths.length > 0 ? { file: from } : {}),
          message: 'there is no CustomResourceDefinition in this',
          remedy: 'Name files that hold apiextensions.k8s.io/v1 definitions.',
        },
      ]);
    }
    for (const [path, { group, yaml }] of found)
      if (flags.group === undefined || group === flags.group || group.endsWith(`.${flags.group}`)) wanted.set(path, yaml);
  }
  const files = diskFiles(root);
  const changes = asChanges([...wanted].map(([path, text]) => ({ path, text, before: files.read(path) })));
  if (flags.dryRun !== true) applyChanges(root, changes);
  reportChanges(changes, flags.dryRun === true ? 'planned' : 'done');
  if (wanted.size === 0) terminal.info(`No definition is of the group ${flags.group ?? ''}.`);
}

function readDefinitions(folder: string, path: string): { readonly from: string; readonly text: string } {
  try {
    return { from: path, text: readFileSync(resolve(folder, path), 'utf8') };
  } catch (error) {
    throw new MillraceError('usage', [
      { file: path, message: `this cannot be read: ${error instanceof Error ? error.message : String(error)}`, remedy: `Name a file, from ${folder}.` },
    ]);
  }
}

async function clusterDefinitions(context: string | undefined): Promise<string> {
  const command = ['get', 'customresourcedefinitions.apiextensions.k8s.io', '--output=json', ...(context === undefined ? [] : [`--context=${context}`])];
  const result = await execa('kubectl', command, { reject: false, stdin: 'ignore', timeout: 60_000, maxBuffer: 512 * 1024 * 1024 });
  if (!result.failed) return result.stdout;
  throw misused(
    `kubectl gave no definitions: ${result.stderr || result.shortMessage}`,
    'Check that kubectl is installed and that the kube context reaches its cluster, or name files instead.',
  );
}
