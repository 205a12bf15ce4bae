import {
  environmentFile,
  environmentFolder,
  environmentName,
  environmentSchema,
  MILLRACE_FILE,
  MillraceError,
  millraceSchema,
  pipelineFile,
  pipelineName,
  pipelineSchema,
  placementFile,
  placementFolder,
  placementSchema,
  readDeclared,
  releaseFolder,
  releaseSchema,
  releaseVersion,
  releasesFolder,
  type Declared,
  type FrozenRelease,
  type PatchFile,
  type PipelineSources,
  type Placement,
  type Problem,
  type Workspace,
} from '@millrace/model';
import { compare } from 'semver';
import type * as z from 'zod';

import { filesUnder, isNobodys, type Files } from './files/files.js';

/**
 * Everything that is declared in a repository. Throws a MillraceError with every problem of every file at once.
 * Of releases those are read that placements pin, and the newest; of the pipelines in `releasesOf` all.
 */
export function readWorkspace(files: Files, releasesOf: readonly string[] = []): Workspace {
  const problems: Problem[] = [];

  function read<S extends z.ZodType>(file: string, schema: S): Declared<z.output<S>> | undefined {
    const text = files.read(file);
    if (text === undefined) {
      problems.push({ file, message: 'this file is missing', remedy: `Restore ${file}, or remove what refers to it.` });
      return undefined;
    }
    const reading = readDeclared(file, text, schema);
    if (reading.kind === 'read') return reading.declared;
    problems.push(...reading.problems);
    return undefined;
  }
  const folders = (folder: string, name: z.ZodString): readonly string[] =>
    files.list(folder).flatMap((entry) => {
      // Git knows no empty folder; that a file manager left something of its own in one makes it none.
      if (entry.kind !== 'folder' || isNobodys(entry.name) || isEmpty(files, `${folder}/${entry.name}`)) return [];
      const checked = name.safeParse(entry.name);
      if (checked.success) return [entry.name];
      problems.push({ file: `${folder}/${entry.name}`, message: checked.error.issues.map(({ message }) => message).join('; '), remedy: 'Rename the folder.' });
      return [];
    });

  const millrace = read(MILLRACE_FILE, millraceSchema);

  const environments = new Map(
    folders('environments', environmentName).flatMap((name) => {
      const declared = read(environmentFile(name), environmentSchema);
      if (declared !== undefined) problems.push(...misnamed(declared, 'environment', declared.value.environment, name));
      return declared === undefined ? [] : [[name, declared]];
    }),
  );

  const placements = new Map<string, ReadonlyMap<string, Declared<Placement>>>();
  const pinned = new Map<string, Set<string>>();
  for (const environment of environments.keys()) {
    const here = new Map<string, Declared<Placement>>();
    for (const pipeline of folders(`environments/${environment}/pipelines`, pipelineName)) {
      const declared = read(placementFile(environment, pipeline), placementSchema);
      if (declared === undefined) continue;
      here.set(pipeline, declared);
      if (declared.value.release !== 'next') pinned.set(pipeline, (pinned.get(pipeline) ?? new Set()).add(declared.value.release));
    }
    placements.set(environment, here);
  }

  const pipelines = new Map<string, PipelineSources>();
  for (const pipeline of folders('apps', pipelineName)) {
    // What a build leaves of a pipeline that is not on this branch is no pipeline.
    if (!files.list(`apps/${pipeline}`).some(({ name }) => ['pipeline.yaml', 'releases'].includes(name))) continue;
    const next = read(pipelineFile(pipeline), pipelineSchema);
    const versions = files
      .list(releasesFolder(pipeline))
      .filter(({ name, kind }) => kind === 'folder' && releaseVersion.safeParse(name).success)
      .map(({ name }) => name)
      // The record is written last: without it this is the beginning of a release whose promotion was interrupted.
      .filter((version) => pinned.get(pipeline)?.has(version) === true || files.read(`${releaseFolder(pipeline, version)}/release.yaml`) !== undefined)
      .sort(compare);
    const releases = new Map<string, FrozenRelease>();
    const [newest] = versions.slice(-1);
    for (const version of versions) {
      if (version !== newest && pinned.get(pipeline)?.has(version) !== true && !releasesOf.includes(pipeline)) continue;
      const folder = releaseFolder(pipeline, version);
      const declaration = read(`${folder}/pipeline.yaml`, pipelineSchema);
      const record = read(`${folder}/release.yaml`, releaseSchema);
      if (record !== undefined && (record.value.release !== version || record.value.pipeline !== pipeline)) {
        problems.push({
          file: record.file,
          message: `this is release ${record.value.release} of ${record.value.pipeline} in the folder of ${pipeline} ${version}`,
          remedy: 'Releases are not copied or renamed: remove the folder, or restore what was there.',
        });
      }
      if (declaration !== undefined && record !== undefined) releases.set(version, { declaration, record });
    }
    if (next === undefined) continue;
    problems.push(...misnamed(next, 'pipeline', next.value.pipeline, pipeline));
    pipelines.set(pipeline, { next, releases, versions });
  }

  const patches = readPatches(files, placements);
  if (problems.length > 0 || millrace === undefined) throw new MillraceError('refused', problems);
  return { millrace, environments, pipelines, placements, patches };
}

/** Whether nothing is in a folder that somebody put there. */
function isEmpty(files: Files, folder: string): boolean {
  return filesUnder(files, folder).next().done === true;
}

function misnamed(declared: Declared<unknown>, key: string, name: string, folder: string): readonly Problem[] {
  if (name === folder) return [];
  return [{ file: declared.file, message: `${key} is ${name}, but the folder is called ${folder}`, remedy: `Write ${key}: ${folder}, or rename the folder.` }];
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
