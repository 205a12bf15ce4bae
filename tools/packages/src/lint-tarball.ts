import { readFileSync } from 'node:fs';

import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { filterProblems, problemKindInfo } from '@arethetypeswrong/core/problems';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/**
 * Who can use our packages: an ES module that imports them, and a bundler. They are ES modules only, so the ways of
 * CommonJS are left out (`require`, and the resolution of TypeScript's node10): attw calls this its profile esm-only.
 */
const RESOLUTIONS = ['node16-esm', 'bundler'] as const;

/** What publint says of a packed package, suggestions included. */
export async function publintProblems(tarball: string): Promise<readonly string[]> {
  const { messages, pkg } = await publint({ pack: { tarball: toArrayBuffer(readFileSync(tarball)) }, level: 'suggestion', strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`);
}

/** What Are The Types Wrong says of a packed package's types, for ES modules and bundlers. */
export async function typesProblems(tarball: string): Promise<readonly string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
  if (!('problems' in analysis)) return ['attw: there are no types'];
  const problems = new Set(RESOLUTIONS.flatMap((resolutionKind) => filterProblems(analysis, { resolutionKind })));
  return [...problems].map((problem) => {
    const where = 'entrypoint' in problem ? problem.entrypoint : 'typesFileName' in problem ? problem.typesFileName : problem.fileName;
    return `attw: ${where}: ${problemKindInfo[problem.kind].shortDescription}`;
  });
}

function toArrayBuffer(buffer: Buffer): ArrayBuffer {
  const copy = new ArrayBuffer(buffer.byteLength);
  new Uint8Array(copy).set(buffer);
  return copy;
}
