import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, parse, posix, relative, sep } from 'node:path';

import { MILLRACE_FILE } from '@millrace/model';

import { hasField } from '../field.js';
import { readYaml } from './read-yaml.js';

/** What a run lies in. */
export interface Surroundings {
  /** The folder that everything is read under, absolute: bases of an overlay may lie anywhere in it. */
  readonly root: string;
  /** Whether the root is a git repository, whose paths Argo CD knows. */
  readonly isRepository: boolean;
  /** The folder of millrace.yaml from the root, '.' for the root itself; undefined where there is none. */
  readonly settings: string | undefined;
  /** Whether that millrace.yaml is a Millrace repository's, and not only settings of the check. */
  readonly isMillrace: boolean;
}

/**
 * Looks around a folder: the repository that it lies in, and its millrace.yaml.
 * Where there is neither, the root is the disk's: a base may be anywhere.
 */
export function surroundingsOf(folder: string): Surroundings {
  const settings = above(folder, (parent) => existsSync(join(parent, MILLRACE_FILE)));
  const git = above(folder, (parent) => existsSync(join(parent, '.git')));
  const root = git ?? settings ?? parse(folder).root;
  const isInside = settings !== undefined && !relative(root, settings).startsWith('..');
  return {
    root,
    isRepository: git !== undefined || settings !== undefined,
    settings: isInside ? posixPath(relative(root, settings)) : undefined,
    isMillrace: isInside && declaresRepository(join(settings, MILLRACE_FILE)),
  };
}

/** A path of this machine with POSIX separators; '.' for none. */
export function posixPath(path: string): string {
  return path === '' ? '.' : path.split(sep).join('/');
}

function above(folder: string, holds: (parent: string) => boolean): string | undefined {
  for (let parent = folder; ; parent = dirname(parent)) {
    if (holds(parent)) return parent;
    if (parent === dirname(parent)) return undefined;
  }
}

function declaresRepository(file: string): boolean {
  const reading = readYaml(readFileSync(file, 'utf8'));
  // A file that cannot be read is a Millrace repository's until it says otherwise: then its error is shown.
  return reading.kind === 'broken' || hasField(reading.documents[0], 'repository');
}

/** In a Millrace repository, what is under apps/ is made to be built by the overlays of the environments. */
export function isBase({ isMillrace, settings }: Surroundings): (folder: string) => boolean {
  const apps = posix.join(settings ?? '.', 'apps');
  return (folder) => isMillrace && folder.startsWith(`${apps}/`);
}

/** The environment that a path of a Millrace repository lies in; nothing tells them apart elsewhere. */
export function scopes({ isMillrace, settings }: Surroundings): (path: string) => string {
  const environments = `${posix.join(settings ?? '.', 'environments')}/`;
  return (path) => (isMillrace && path.startsWith(environments) ? (path.slice(environments.length).split('/')[0] ?? '') : '');
}

/** The environments that a run has all of. */
export function completeScopes({ isMillrace, settings = '.' }: Surroundings, scopesOfRun: ReadonlySet<string>, paths: readonly string[]): ReadonlySet<string> {
  if (!isMillrace) return new Set();
  const whole = [settings, posix.join(settings, 'environments')];
  return new Set(
    [...scopesOfRun].filter(
      (scope) => scope !== '' && paths.some((path) => path === '.' || whole.includes(path) || path === posix.join(settings, 'environments', scope)),
    ),
  );
}

/** Whether a run looks at everything that there is to look at. */
export function isWhole({ isMillrace, settings = '.' }: Surroundings, paths: readonly string[]): boolean {
  return paths.includes('.') || paths.includes(settings) || (isMillrace && paths.includes(posix.join(settings, 'environments')));
}
