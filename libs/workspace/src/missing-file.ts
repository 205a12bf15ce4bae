import { placementFolder, releasesFolder, type Problem } from '@millrace/model';

import { filesUnder, type Files } from './files/files.js';

/** What to say where a declared file is missing beside files that make no sense without it: to restore it, or what to remove. */
export function missingFile(files: Files, file: string): Problem {
  const left = leftWithout(files, file);
  const remedy = left.length === 0 ? `Restore ${file}.` : `Restore ${file}, or remove what is left without it: rm -r ${left.join(' ')}`;
  return { file, message: 'this file is missing', remedy };
}

/** The folders that are there because of a declared file; none of a release, which other declared files name. */
function leftWithout(files: Files, file: string): readonly string[] {
  const { folder, pipeline } = /^(?:(?<folder>environments\/.+)\/(?:environment|placement)|apps\/(?<pipeline>[^/]+)\/pipeline)\.yaml$/.exec(file)?.groups ?? {};
  if (folder !== undefined) return [folder];
  if (pipeline === undefined) return [];
  const placements = files.list('environments').flatMap(({ name, kind }) => (kind === 'folder' ? [placementFolder(name, pipeline)] : []));
  return [releasesFolder(pipeline), ...placements].filter((path) => filesUnder(files, path).next().done !== true);
}
