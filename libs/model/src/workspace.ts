import type { Environment } from './declared/environment.js';
import type { Millrace } from './declared/millrace.js';
import type { Pipeline } from './declared/pipeline.js';
import type { Placement } from './declared/placement.js';
import type { Release } from './declared/release.js';
import { newestLayout } from './layouts.js';
import type { Declared } from './read-declared.js';

/** A release as it stands frozen in the repository: the declaration that it was cut from, and its record. */
export interface FrozenRelease {
  readonly declaration: Declared<Pipeline>;
  readonly record: Declared<Release>;
}

/** What the repository holds of one pipeline. */
export interface PipelineSources {
  /** pipeline.yaml as it is now. */
  readonly next: Declared<Pipeline>;
  /** The releases that a placement pins, and the newest, by version; all of them where a command asks for that. */
  readonly releases: ReadonlyMap<string, FrozenRelease>;
  /** Every release there is, newest last. */
  readonly versions: readonly string[];
}

/** A file that a person put into a patches/ folder. */
export interface PatchFile {
  /** Path from the repository's root. */
  readonly file: string;
  readonly text: string;
}

/** Everything that people declared and that releases froze: the whole input of the function that makes all other files. */
export interface Workspace {
  readonly millrace: Declared<Millrace>;
  readonly environments: ReadonlyMap<string, Declared<Environment>>;
  readonly pipelines: ReadonlyMap<string, PipelineSources>;
  /** By environment, then by pipeline. */
  readonly placements: ReadonlyMap<string, ReadonlyMap<string, Declared<Placement>>>;
  /** By overlay folder, in name order. */
  readonly patches: ReadonlyMap<string, readonly PatchFile[]>;
}

/** The environment that promotes from nobody and may follow `next`; undefined in a repository without environments. */
export function firstEnvironment(workspace: Workspace): string | undefined {
  for (const [name, { value }] of workspace.environments) if (value.promotesFrom === undefined) return name;
  return undefined;
}

/**
 * The layout that `next` is made with, and so the next release: the first environment's, which follows it. A new
 * Millrace alone changes neither.
 */
export function nextLayout(workspace: Workspace): number {
  const first = firstEnvironment(workspace);
  return (first === undefined ? undefined : workspace.environments.get(first)?.value.layout) ?? newestLayout;
}

/** The declaration that a placement runs: pipeline.yaml itself for `next`, else the frozen one of the release. */
export function pinnedDeclaration(workspace: Workspace, pipeline: string, release: string): Declared<Pipeline> | undefined {
  const sources = workspace.pipelines.get(pipeline);
  return release === 'next' ? sources?.next : sources?.releases.get(release)?.declaration;
}
