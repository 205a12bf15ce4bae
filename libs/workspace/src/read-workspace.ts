import {
  environmentFile,
  environmentFolder,
  environmentName,
  environmentSchema,
  MILLRACE_FILE,
  MillraceError,
  millraceSchema,
  pipelineName,
  placementFile,
  placementFolder,
  placementSchema,
  type Declared,
  type PatchFile,
  type Placement,
  type Workspace,
} from '@millrace/model';

import { DeclaredReader } from './declared-reader.js';
import { isNobodys, type Files } from './files/files.js';
import { readPipeline } from './read-pipeline.js';

/**
 * Everything that is declared in a repository. Throws a MillraceError with every problem of every file at once.
 * Of releases those are read that placements pin, and the newest; of the pipelines in `releasesOf` all.
 */
export function readWorkspace(files: Files, releasesOf: readonly string[] = []): Workspace {
  const reader = new DeclaredReader(files);
  const millrace = reader.read(MILLRACE_FILE, millraceSchema);
  const environments = new Map(
    reader.folders('environments', environmentName).flatMap((name) => {
      const declared = reader.read(environmentFile(name), environmentSchema, {
        message: "this file is missing, and each folder in environments/ is an environment of Millrace's",
        remedy: 'Restore it. A folder that is none belongs elsewhere, or Millrace into a folder of its own: millrace -C <folder> init --path <folder>',
      });
      if (declared === undefined) return [];
      reader.expectName(declared, 'environment', declared.value.environment, name);
      return [[name, declared]];
    }),
  );
  const placements = new Map([...environments.keys()].map((environment) => [environment, readPlacements(reader, environment)]));
  const pipelines = new Map(
    reader.folders('apps', pipelineName).flatMap((name) => {
      const pinned = new Set([...placements.values()].flatMap((here) => here.get(name)?.value.release ?? []));
      const sources = readPipeline(reader, name, pinned, releasesOf.includes(name) ? 'all' : 'pinned');
      return sources === undefined ? [] : [[name, sources]];
    }),
  );
  const patches = readPatches(files, placements);
  if (reader.problems.length > 0 || millrace === undefined) throw new MillraceError('refused', reader.problems);
  return { millrace, environments, pipelines, placements, patches };
}

/** What runs in an environment, by pipeline. */
function readPlacements(reader: DeclaredReader, environment: string): ReadonlyMap<string, Declared<Placement>> {
  return new Map(
    reader.folders(`${environmentFolder(environment)}/pipelines`, pipelineName).flatMap((pipeline) => {
      const declared = reader.read(placementFile(environment, pipeline), placementSchema);
      return declared === undefined ? [] : [[pipeline, declared]];
    }),
  );
}

/** The patches beside what is generated: platform parts, operators, what Argo CD is told, and the parts of each pipeline. */
function readPatches(files: Files, placements: ReadonlyMap<string, ReadonlyMap<string, unknown>>): ReadonlyMap<string, readonly PatchFile[]> {
  const foldersIn = (folder: string) => files.list(folder).flatMap(({ name, kind }) => (kind === 'folder' ? [`${folder}/${name}`] : []));
  const overlays = [...placements].flatMap(([environment, pipelines]) => [
    ...foldersIn(environmentFolder(environment)),
    ...foldersIn(`${environmentFolder(environment)}/operators`),
    ...foldersIn(`${environmentFolder(environment)}/argocd`),
    ...[...pipelines.keys()].flatMap((pipeline) => foldersIn(placementFolder(environment, pipeline))),
  ]);
  return new Map(
    overlays.flatMap((overlay) => {
      const patches = files.list(`${overlay}/patches`).flatMap(({ name, kind }): readonly PatchFile[] => {
        const file = `${overlay}/patches/${name}`;
        return kind === 'file' && /\.ya?ml$/.test(name) && !isNobodys(name) ? [{ file, text: files.read(file) ?? '' }] : [];
      });
      return patches.length === 0 ? [] : [[overlay, patches]];
    }),
  );
}
