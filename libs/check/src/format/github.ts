import type { Finding } from '../finding.js';
import type { CheckReport } from '../report.js';

/**
 * A report as workflow commands, which GitHub shows as annotations of the lines.
 * Source: GitHub's documentation, "Workflow commands", and the escaping of actions/toolkit's command.ts.
 */
export function formatGithub({ findings, summary }: CheckReport): string {
  return `${[...findings.map(annotation), `${summary.errors} errors, ${summary.warnings} warnings`].join('\n')}\n`;
}

function annotation({ severity, file, line, column, rule, message, fix }: Finding): string {
  const properties = { file, line: String(line), col: String(column), title: rule };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeData(value).replaceAll(':', '%3A').replaceAll(',', '%2C')}`);
  return `::${severity} ${list.join(',')}::${escapeData(`${message}\n${fix}`)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
