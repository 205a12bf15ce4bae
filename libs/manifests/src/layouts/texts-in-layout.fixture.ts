import { releaseFolder, writeYaml } from '@millrace/model';

import { refreshedFiles } from '../release.js';
import { workspaceOf, type Texts } from '../workspace.fixture.js';

/** A repository with all its environments, or those that are named, in another layout. */
export function environmentsIn(layout: number, texts: Texts, ...names: readonly string[]): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([path, text]) => {
      const environment = /^environments\/([^/]+)\/environment\.yaml$/.exec(path)?.[1];
      const concerned = environment !== undefined && (names.length === 0 || names.includes(environment));
      return [path, concerned ? text.replace(/^layout: \d+$/m, `layout: ${layout}`) : text];
    }),
  );
}

/** A repository with all its releases as if they had been cut in another layout. */
export function releasesIn(layout: number, texts: Texts): Texts {
  const result: Record<string, string> = { ...texts };
  for (const [pipeline, { releases }] of workspaceOf(texts).pipelines) {
    for (const [version, frozen] of releases) {
      const folder = releaseFolder(pipeline, version);
      const { files, foreignTopics, checksums } = refreshedFiles(frozen, version, layout);
      for (const path of Object.keys(result)) if (path.startsWith(`${folder}/`)) Reflect.deleteProperty(result, path);
      for (const [path, text] of files) result[`${folder}/${path}`] = text;
      result[`${folder}/release.yaml`] = writeYaml({ release: version, pipeline, layout, foreignTopics, files: checksums });
    }
  }
  return result;
}
