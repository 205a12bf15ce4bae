import {
  pipelineFile,
  pipelineFolder,
  pipelineSchema,
  releaseFolder,
  releaseSchema,
  releasesFolder,
  releaseVersion,
  type FrozenRelease,
  type PipelineSources,
} from '@millrace/model';
import { compare } from 'semver';

import type { DeclaredReader } from './declared-reader.js';

/**
 * A pipeline as it is declared, with its newest release and those that placements pin, or with all releases. Undefined where
 * its folder has none, or it cannot be read.
 */
export function readPipeline(reader: DeclaredReader, pipeline: string, pinned: ReadonlySet<string>, wanted: 'pinned' | 'all'): PipelineSources | undefined {
  // What a build leaves of a pipeline that is not on this branch is no pipeline.
  if (!reader.files.list(pipelineFolder(pipeline)).some(({ name }) => ['pipeline.yaml', 'releases'].includes(name))) return undefined;
  const next = reader.read(pipelineFile(pipeline), pipelineSchema);
  const versions = releaseVersions(reader, pipeline, pinned);
  const newest = versions.at(-1);
  const releases = new Map<string, FrozenRelease>();
  for (const version of versions) {
    if (wanted === 'pinned' && version !== newest && !pinned.has(version)) continue;
    const release = readRelease(reader, pipeline, version);
    if (release !== undefined) releases.set(version, release);
  }
  if (next === undefined) return undefined;
  reader.expectName(next, 'pipeline', next.value.pipeline, pipeline);
  return { next, releases, versions };
}

/** Every release there is, newest last. */
function releaseVersions({ files }: DeclaredReader, pipeline: string, pinned: ReadonlySet<string>): readonly string[] {
  return (
    files
      .list(releasesFolder(pipeline))
      .filter(({ name, kind }) => kind === 'folder' && releaseVersion.safeParse(name).success)
      .map(({ name }) => name)
      // The record is written last: without it this is the beginning of a release whose promotion was interrupted.
      .filter((version) => pinned.has(version) || files.read(`${releaseFolder(pipeline, version)}/release.yaml`) !== undefined)
      .sort(compare)
  );
}

function readRelease(reader: DeclaredReader, pipeline: string, version: string): FrozenRelease | undefined {
  const folder = releaseFolder(pipeline, version);
  const declaration = reader.read(`${folder}/pipeline.yaml`, pipelineSchema);
  const record = reader.read(`${folder}/release.yaml`, releaseSchema);
  if (record !== undefined && (record.value.release !== version || record.value.pipeline !== pipeline)) {
    reader.problems.push({
      file: record.file,
      message: `this is release ${record.value.release} of ${record.value.pipeline} in the folder of ${pipeline} ${version}`,
      remedy: 'Releases are not copied or renamed: remove the folder, or restore what was there.',
    });
  }
  return declaration === undefined || record === undefined ? undefined : { declaration, record };
}
