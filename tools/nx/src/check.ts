import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';

import { check as checkPaths, formatFinding, formatGithub, type CheckReport, type Finding, type Reach } from '@millrace/check';
import { kustomizationNames, startQuickly } from '@millrace/kustomize';
import { refuseHalfWritten } from '@millrace/workspace';
import type { ExecutorContext, TaskGraph } from '@nx/devkit';

/** Options of the executor `check`, as schemas/check.json has them. */
export interface CheckOptions {
  readonly format?: 'pretty' | 'github';
}

interface TaskResult {
  readonly success: boolean;
  readonly terminalOutput: string;
}

/** Checks one project: an overlay by itself, or what the overlays of an environment or the files of a pipeline have to do with each other. */
export default async function check({ format = 'pretty' }: CheckOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  const root = context.projectsConfigurations.projects[context.projectName ?? '']?.root;
  if (root === undefined) throw new Error(`check: there is no project ${context.projectName ?? ''}`);
  const report = await reportOf(context.root, [root], reachOf(context.root, root));
  const { success, terminalOutput } = resultOf(root, report, format);
  (success ? process.stdout : process.stderr).write(`${terminalOutput}\n`);
  return { success };
}

/** The same for many projects in one process: all overlays in one run, all environments and pipelines in another. */
export async function* checkBatch(
  taskGraph: TaskGraph,
  options: Readonly<Record<string, CheckOptions>>,
  _overrides: CheckOptions,
  context: ExecutorContext,
): AsyncGenerator<{ task: string; result: TaskResult }> {
  startQuickly();
  const tasks = Object.values(taskGraph.tasks).map((task) => ({
    id: task.id,
    root: task.projectRoot ?? context.projectsConfigurations.projects[task.target.project]?.root ?? '',
  }));
  for (const reach of ['alone', 'together', 'across'] as const) {
    const asked = tasks.filter(({ root }) => reachOf(context.root, root) === reach);
    if (asked.length === 0) continue;
    const report = await reportOf(
      context.root,
      asked.map(({ root }) => root),
      reach,
    );
    for (const { id, root } of asked) yield { task: id, result: resultOf(root, report, options[id]?.format ?? 'pretty') };
  }
}

/** An overlay is looked at by itself, an environment or a pipeline as a whole, and all environments beside each other. */
function reachOf(workspaceRoot: string, root: string): Reach {
  if (root === 'environments') return 'across';
  return kustomizationNames.some((name) => existsSync(join(workspaceRoot, root, name))) ? 'alone' : 'together';
}

async function reportOf(workspaceRoot: string, roots: readonly string[], reach: Reach): Promise<CheckReport> {
  refuseHalfWritten(workspaceRoot);
  return await checkPaths({ folder: workspaceRoot, paths: roots, reach, cache: join(workspaceRoot, 'node_modules/.cache/millrace') });
}

/** What a report says of one project: what shows in an overlay of it, and what lies in its folder. */
function resultOf(root: string, report: CheckReport, format: 'pretty' | 'github'): TaskResult {
  const isInside = (path: string): boolean => path === root || path.startsWith(`${root}/`);
  // What belongs to no project, millrace.yaml's own mistakes, is everybody's.
  const isOurs = (finding: Finding): boolean => {
    const overlays = report.overlaysOf.get(finding) ?? [];
    return overlays.length > 0 ? overlays.some(isInside) : isInside(finding.file) || !/^(?:apps|environments)\//.test(finding.file);
  };
  const findings = report.findings.filter(isOurs);
  const excepted = report.excepted.filter(({ finding }) => isInside(finding.file));
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const lines =
    format === 'github'
      ? [formatGithub({ ...report, findings, summary: { ...report.summary, errors, warnings } }).trimEnd()]
      : [
          ...findings.map((finding) => `${formatFinding(finding, styleText)}\n`),
          `${root}: ${errors} errors, ${warnings} warnings${excepted.length > 0 ? `, ${excepted.length} excepted` : ''}`,
        ];
  return { success: errors === 0 && !report.unread.some(isInside), terminalOutput: lines.join('\n') };
}
