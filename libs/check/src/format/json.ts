import type { CheckReport } from '../report.js';

/** A report as one JSON document; the shape is a contract: see the README. */
export function formatJson({ findings, excepted, leftOut, summary }: CheckReport): string {
  return `${JSON.stringify({ findings, summary, exceptions: excepted.map(({ finding, reason }) => ({ ...finding, reason })), skipped: leftOut }, null, 2)}\n`;
}
