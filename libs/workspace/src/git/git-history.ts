import { releasesFolder, releaseVersion } from '@millrace/model';

import { commitFiles } from '../files/commit.js';
import type { History } from '../history.js';
import { askGit } from './git.js';

/** The history of a folder in git, as far as it is here; nothing is asked of a remote. Nothing is known where git is not at hand, or the folder is no repository. */
export function gitHistory(root: string): History {
  return {
    published(branch) {
      const commit = askGit(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `refs/remotes/origin/${branch}^{commit}`]);
      return commit === undefined ? undefined : commitFiles(root, commit);
    },
    releasesOf(pipeline) {
      const records = `:(glob)${releasesFolder(pipeline)}/*/release.yaml`;
      const paths = askGit(root, ['log', '--format=', '--diff-filter=A', '--no-renames', '--name-only', '--relative', '-z', '--', records])?.split('\0') ?? [];
      const versions = paths.map((path) => path.split('/').at(-2) ?? '');
      return [...new Set(versions)].filter((version) => releaseVersion.safeParse(version).success);
    },
  };
}
