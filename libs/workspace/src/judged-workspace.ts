import type { Problem, Workspace } from '@millrace/model';

import type { Files } from './files/files.js';
import { readWorkspace } from './read-workspace.js';
import { touchedReleases } from './rules/touched-releases.js';
import { workspaceProblems } from './rules/workspace-problems.js';

/** What is declared, and what the rules say of it. */
export interface JudgedWorkspace {
  readonly workspace: Workspace;
  /** What does not hold between declared files. */
  readonly problems: readonly Problem[];
  /** Releases that are not as they were frozen. */
  readonly touched: readonly Problem[];
  /** What a person should know although nothing is wrong. */
  readonly notices: readonly Problem[];
}

/** Reads and judges what is declared. Throws what `readWorkspace` throws; what the rules find is a value. */
export function judgedWorkspace(files: Files, releasesOf: readonly string[] = []): JudgedWorkspace {
  const workspace = readWorkspace(files, releasesOf);
  return { workspace, ...workspaceProblems(workspace), touched: touchedReleases(files, workspace) };
}
