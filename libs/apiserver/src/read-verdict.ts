import type { ApiVerdict } from './api-verdict.js';
import { readReports, type Report } from './report.js';

/** The version that a resource is read as, since its own is not served. */
export interface Instead {
  readonly served: readonly string[];
  readonly validatedAs: string;
}

/**
 * Makes a verdict of what the module reports.
 * @param reports in any order
 * @param text the resource as JSON
 * @param instead undefined if the resource's version is served
 */
export function readVerdict(reports: readonly Report[], text: string, instead: Instead | undefined): ApiVerdict {
  const errors = reports.length === 0 ? [] : readReports(reports, JSON.parse(text));
  if (instead !== undefined) return { kind: 'not-served', ...instead, errors };
  return errors.length === 0 ? { kind: 'accepted' } : { kind: 'rejected', errors };
}
