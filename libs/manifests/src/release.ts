import { checksum, nextLayout, releaseFolder, type Declared, type FrozenRelease, type Pipeline, type Workspace } from '@millrace/model';

import { basesIn } from './pipeline/bases.js';
import { foreignTopics } from './pipeline/placed.js';
import type { ForeignTopics } from './pipeline/topic-names.js';
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
  return releaseIn(nextLayout(workspace), next, foreignTopics(workspace, next.value), version);
}

/** The files of a release that says what another says, in another layout: the names of others' topics included. */
export function refreshedFiles({ declaration, record }: FrozenRelease, version: string, layout: number): ReleasePlan {
  return releaseIn(layout, declaration, new Map(Object.entries(record.value.foreignTopics)), version);
}

function releaseIn(layout: number, declared: Declared<Pipeline>, foreign: ForeignTopics, version: string): ReleasePlan {
  const pipeline = declared.value;
  const folder = releaseFolder(pipeline.pipeline, version);
  const files = new Map<string, string>([['pipeline.yaml', declared.text.replaceAll('\r\n', '\n')]]);
  for (const { path, template, context } of basesIn(layout, pipeline, foreign)) {
    files.set(path, `# Frozen: ${folder} is an immutable release. Nothing may change it; a new version is a new release.\n${fill(layout, template, context)}`);
  }
  return {
    files,
    layout,
    foreignTopics: Object.fromEntries(foreign),
    checksums: Object.fromEntries([...files].map(([path, text]) => [path, checksum(text)])),
  };
}
