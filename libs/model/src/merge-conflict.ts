import type { Problem } from './problem.js';

const MARKER = /^<{7} /m;

/** What to say of a file with git's conflict markers in it; undefined where it has none. */
export function mergeConflict(file: string, text: string): Problem | undefined {
  const marker = MARKER.exec(text);
  if (marker === null) return undefined;
  const position = { line: text.slice(0, marker.index).split('\n').length, column: 1 };
  const release = releaseCutTwice(file);
  if (release !== undefined) return { ...release, file, position };
  const remedy = 'Resolve it. Leave generated files as they are, in conflict or not: millrace sync makes them again.';
  return { file, position, message: 'this file has a merge conflict', remedy };
}

/** What to say of a release with a file that two branches wrote: its folder, and how to keep one of the two. Undefined for a file of none. */
export function releaseCutTwice(path: string): (Problem & { readonly file: string }) | undefined {
  const { folder, pipeline, version } = /^(?<folder>apps\/(?<pipeline>[^/]+)\/releases\/(?<version>[^/]+))\//.exec(path)?.groups ?? {};
  if (folder === undefined || pipeline === undefined || version === undefined) return undefined;
  return {
    file: folder,
    message: `two branches cut release ${version} of ${pipeline}, each from something else`,
    remedy: `Keep the one that runs already, whole: git rm -rfq ${folder}, then git checkout <its branch> -- ${folder}. Promote again after the merge: that cuts the next version.`,
  };
}

/** The two sides of a text with conflict markers, each without the other's lines; twice the text where it has none. */
export function conflictSides(text: string): readonly [ours: string, theirs: string] {
  const ours: string[] = [];
  const theirs: string[] = [];
  let where: 'both' | 'ours' | 'base' | 'theirs' = 'both';
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    if (where === 'both' && /^<{7} /.test(line)) where = 'ours';
    else if (where === 'ours' && /^\|{7}(?: |$)/.test(line)) where = 'base';
    else if ((where === 'ours' || where === 'base') && line === '=======') where = 'theirs';
    else if (where === 'theirs' && /^>{7} /.test(line)) where = 'both';
    else {
      if (where === 'both' || where === 'ours') ours.push(line);
      if (where === 'both' || where === 'theirs') theirs.push(line);
    }
  }
  return [ours.join('\n'), theirs.join('\n')];
}
