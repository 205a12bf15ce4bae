import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, parse, relative, sep } from 'node:path';

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
