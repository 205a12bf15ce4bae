import { checksum, releaseFolder, type Declared, type Pipeline, type Workspace } from '@millrace/model';

import { latestLayout } from './layout.js';
import { basesOf } from './pipeline/bases.js';
import { foreignTopics } from './pipeline/placed.js';
import { fill } from './template.js';

/** A release about to be frozen: its files by path in the release's folder, without release.yaml, and what goes into that. */
export interface ReleasePlan {
  readonly files: ReadonlyMap<string, string>;
  readonly layout: number;
  readonly foreignTopics: Readonly<Record<string, string>>;
  /** SHA-256 of each file. */
  readonly checksums: Readonly<Record<string, string>>;
}

/** The files that a release cut from `next` now consists of. Pure; `version` appears only in their headers. */
export function releaseFiles(workspace: Workspace, next: Declared<Pipeline>, version: string): ReleasePlan {
  const pipeline = next.value;
  const foreign = foreignTopics(workspace, pipeline);
  const folder = releaseFolder(pipeline.pipeline, version);
  const files = new Map<string, string>([['pipeline.yaml', next.text.replaceAll('\r\n', '\n')]]);
  for (const { path, template, context } of basesOf(pipeline, foreign)) {
    files.set(
      path,
      `# Frozen: ${folder} is an immutable release. Nothing may change it; a new version is a new release.\n${fill(latestLayout, template, context)}`,
    );
  }
  return {
    files,
    layout: latestLayout,
    foreignTopics: Object.fromEntries(foreign),
    checksums: Object.fromEntries([...files].map(([path, text]) => [path, checksum(text)])),
  };
}
