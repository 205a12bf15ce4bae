import { at } from './json.js';
import type { Report } from './report.js';

/** Where the server keeps what all versions of a definition share, and where people write it. */
const shared: readonly (readonly [string, string])[] = [
  ['spec.validation.', 'spec.versions[0].schema.'],
  ['spec.subresources.', 'spec.versions[0].subresources.'],
  ['spec.additionalPrinterColumns[', 'spec.versions[0].additionalPrinterColumns['],
  ['spec.selectableFields[', 'spec.versions[0].selectableFields['],
];

/**
 * Puts the errors of a CustomResourceDefinition where its author wrote the mistake. The server moves what all versions have in common to fields of
 * `spec` that version v1 of the API no longer has, and names those in its errors.
 * @param reports as the server gives them
 * @param definition what they are about
 */
export function versionedFields(reports: readonly Report[], definition: unknown): readonly Report[] {
  return reports.map((report) => {
    const moved = shared.find(([kept]) => report.field.startsWith(kept));
    if (moved === undefined) return report;
    const [kept, written] = moved;
    const [, field = ''] = kept.split(/[.[]/);
    return at(definition, 'spec', field) === undefined ? { ...report, field: written + report.field.slice(kept.length) } : report;
  });
}
