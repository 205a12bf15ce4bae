import type { styleText } from 'node:util';

import type { Finding } from '../finding.js';
import type { CheckReport } from '../report.js';

/** Gives a text a colour or a weight where it will be read in one: whoever prints knows where that is. */
export type Paint = (format: Parameters<typeof styleText>[0], text: string) => string;

const PLAIN: Paint = (_format, text) => text;

/** A report for people: what is wrong, where, and what to do; then the count. Plain, unless it is given colours. */
export function formatPretty({ findings, excepted, leftOut, summary }: CheckReport, paint: Paint = PLAIN): string {
  const { resources, errors, warnings } = summary;
  const verdict = `${counted(resources, 'resource')} checked: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}${excepted.length > 0 ? `, ${excepted.length} excepted` : ''}.`;
  const reasons = new Map<string, number>();
  for (const { why } of leftOut) reasons.set(why, (reasons.get(why) ?? 0) + 1);
  return [
    ...findings.map((finding) => `${formatFinding(finding, paint)}\n`),
    ...excepted.map(({ finding, reason }) => `${paint('dim', `excepted  ${finding.file}:${finding.line}  ${finding.rule}  ${nameOf(finding)}: ${reason}`)}\n`),
    ...(reasons.size === 0 ? [] : [paint('dim', `Left out: ${[...reasons].map(([why, count]) => `${counted(count, 'file')} (${why})`).join(', ')}.`)]),
    errors > 0 ? paint('red', verdict) : warnings > 0 || resources === 0 ? paint('yellow', verdict) : paint('green', verdict),
    ...(findings.length > 0 ? [paint('dim', 'millrace check --explain RULE says more of a rule.')] : []),
    '',
  ].join('\n');
}

/** One finding for people. */
export function formatFinding(finding: Finding, paint: Paint = PLAIN): string {
  const { severity, file, line, column, rule, message, fix } = finding;
  const about = nameOf(finding);
  return [
    `${severity === 'error' ? paint('red', 'error') : paint('yellow', 'warning')}  ${paint('bold', `${file}:${line}:${column}`)}  ${paint('dim', rule)}`,
    ...(about === '' ? [] : [`  ${paint('dim', about)}`]),
    `  ${message}`,
    `  ${paint('cyan', '→')} ${fix}`,
  ].join('\n');
}

function nameOf({ resource, path }: Finding): string {
  if (resource === undefined) return path ?? '';
  return `${resource.kind} ${resource.namespace === undefined ? '' : `${resource.namespace}/`}${resource.name}${path === undefined ? '' : `  ${path}`}`;
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
