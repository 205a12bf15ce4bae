import { checksum, releaseFolder, type Problem, type Workspace } from '@millrace/model';

import { filesUnder, type Files } from '../files/files.js';

/** What differs between the releases that environments run and the checksums that were taken when they were cut. */
export function touchedReleases(files: Files, workspace: Workspace): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [pipeline, { releases }] of workspace.pipelines) {
    for (const [version, { record }] of releases) {
      const folder = releaseFolder(pipeline, version);
      const remedy = `Releases never change: restore it (git restore ${folder}), or cut a new release (millrace promote).`;
      const problem = (path: string, message: string): Problem => ({ file: `${folder}/${path}`, message, remedy });
      for (const [path, sha256] of Object.entries(record.value.files)) {
        const text = files.read(`${folder}/${path}`);
        if (text === undefined) problems.push(problem(path, 'this file of a frozen release is missing'));
        else if (checksum(text.replaceAll('\r\n', '\n')) !== sha256) problems.push(problem(path, 'this file of a frozen release was changed'));
      }
      for (const path of filesUnder(files, folder)) {
        const name = path.slice(folder.length + 1);
        if (name === 'release.yaml' || name in record.value.files) continue;
        problems.push({ file: path, message: 'this file was added to a frozen release', remedy: 'Releases never change: delete the file.' });
      }
    }
  }
  return problems;
}
