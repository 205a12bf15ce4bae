import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { check, explain, formatGithub, formatJson, formatPretty, formatSarif, isRule, ruleById, rules, type CheckReport } from '@millrace/check';
import { startQuickly } from '@millrace/kustomize';
import { MILLRACE_FILE, misused } from '@millrace/model';
import { millraceVersion } from '@millrace/workspace';

import type { CheckFlags } from './check.js';
import type { Context } from './main.js';
import { startOn } from './start-on.js';
import { progress, terminal } from './terminal.js';

/** Checks what was named, or explains a rule. */
export async function runCheck(context: Context, paths: readonly string[], flags: CheckFlags): Promise<void> {
  if (flags.explain !== undefined) {
    terminal.out(explained(flags.explain));
    return;
  }
  startOn(context.root(), 'reads');
  startQuickly();
  const folder = resolve(context.folder());
  const asked = paths.length > 0 ? paths : defaultPaths(folder);
  const modules = join(folder, 'node_modules');
  const report = await check({
    folder,
    paths: asked,
    ...(flags.platform === undefined ? {} : { platform: flags.platform }),
    ...(asked.includes('-') ? { standardInput: await standardInput() } : {}),
    ...(flags.cache && existsSync(modules) ? { cache: join(modules, '.cache/millrace') } : {}),
    onProgress: tellProgress(),
  });
  process.stdout.write(inFormat(report, flags.format));
  context.finish(report.unread.length > 0 ? 2 : report.summary.errors > 0 ? 1 : 0);
}

/** A Millrace repository's own folders; elsewhere everything. */
function defaultPaths(folder: string): readonly string[] {
  const own = existsSync(join(folder, MILLRACE_FILE)) ? ['environments', 'apps'].filter((name) => existsSync(join(folder, name))) : [];
  return own.length > 0 ? own : ['.'];
}

function explained(id: string): string {
  if (isRule(id)) return explain(ruleById(id));
  const all = rules.map((rule) => rule.id);
  const near = all.filter((known) => id.split('/').some((part) => part !== '' && known.includes(part)));
  throw misused(`there is no rule ${id}`, `Write one of: ${(near.length > 0 ? near : all).join(', ')}`);
}

async function standardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A line of progress for each long part; what is done at once has none. */
function tellProgress(): (what: string, done: number, total: number) => void {
  const lines = new Map<string, (done: number) => void>();
  return (what, done, total) => {
    if (total < 20) return;
    let line = lines.get(what);
    if (line === undefined) lines.set(what, (line = progress(what, total)));
    line(done);
  };
}

function inFormat(report: CheckReport, format: CheckFlags['format']): string {
  switch (format) {
    case 'json':
      return formatJson(report);
    case 'sarif':
      return formatSarif(report, millraceVersion());
    case 'github':
      return formatGithub(report);
    case 'pretty':
      return formatPretty(report, terminal.paint);
  }
}
