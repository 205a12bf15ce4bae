import { posix } from 'node:path';

import { isAppliedAsIs, readProvenance } from '@millrace/model';

const VALUES = /^environments\/[^/]+\/operators\/[^/]+\/(?:own-)?values\.yaml$/;

/** Whether Argo CD takes a file as it is, where no overlay shows it: it applies it, or hands it to a chart as its values. */
export function isTakenAsIs(path: string): boolean {
  return (path.endsWith('.yaml') && isAppliedAsIs(posix.dirname(path))) || VALUES.test(path);
}

/** A file without the header, whose checksum says nothing to a person. */
export function bodyOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const provenance = readProvenance(text);
  return provenance.kind === 'foreign' ? text : provenance.body;
}
