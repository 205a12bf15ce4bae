import pc from 'picocolors';

import type { Finding } from '../finding.js';
import type { CheckReport } from '../report.js';

/** A report for people: what is wrong, where, and what to do; then the count. */
export function formatPretty({ findings, excepted, leftOut, summary }: CheckReport): string {
  const { resources, errors, warnings } = summary;
  const verdict = `${counted(resources, 'resource')} checked: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}${excepted.length > 0 ? `, ${excepted.length} excepted` : ''}.`;
  const reasons = new Map<string, number>();
  for (const { why } of leftOut) reasons.set(why, (reasons.get(why) ?? 0) + 1);
  return [
    ...findings.map((finding) => `${formatFinding(finding)}\n`),
    ...excepted.map(({ finding, reason }) => `${pc.dim(`excepted  ${finding.file}:${finding.line}  ${finding.rule}  ${nameOf(finding)}: ${reason}`)}\n`),
    ...(reasons.size === 0 ? [] : [pc.dim(`Left out: ${[...reasons].map(([why, count]) => `${counted(count, 'file')} (${why})`).join(', ')}.`)]),
    errors > 0 ? pc.red(verdict) : warnings > 0 || resources === 0 ? pc.yellow(verdict) : pc.green(verdict),
    ...(findings.length > 0 ? [pc.dim('millrace check --explain RULE says more of a rule.')] : []),
    '',
  ].join('\n');
}

/** One finding for people. */
export function formatFinding(finding: Finding): string {
  const { severity, file, line, column, rule, message, fix } = finding;
  const about = nameOf(finding);
  return [
    `${severity === 'error' ? pc.red('error') : pc.yellow('warning')}  ${pc.bold(`${file}:${line}:${column}`)}  ${pc.dim(rule)}`,
    ...(about === '' ? [] : [`  ${pc.dim(about)}`]),
    `  ${message}`,
    `  ${pc.cyan('→')} ${fix}`,
  ].join('\n');
}

function nameOf({ resource, path }: Finding): string {
  if (resource === undefined) return path ?? '';
  return `${resource.kind} ${resource.namespace === undefined ? '' : `${resource.namespace}/`}${resource.name}${path === undefined ? '' : `  ${path}`}`;
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
