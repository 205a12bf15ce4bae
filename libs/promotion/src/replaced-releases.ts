import { releaseFolder, releasesFolder, type Problem } from '@millrace/model';
import type { Files } from '@millrace/workspace';

/**
 * The releases that have another record than at a commit on which they were: its checksums are of all their files, so what runs under
 * their number would be replaced by something else. That happens where two branches cut the same number and a merge takes the other one.
 * One that is gone is none: where somebody pins it, nothing can be made of that.
 */
export function replacedReleases(commit: string, before: Files, now: Files): readonly Problem[] {
  return before.list('apps').flatMap(({ name: pipeline }) =>
    before.list(releasesFolder(pipeline)).flatMap(({ name: version }): readonly Problem[] => {
      const folder = releaseFolder(pipeline, version);
      const record = `${folder}/release.yaml`;
      const [was, is] = [before, now].map((files) => files.readIfText(record)?.replaceAll('\r\n', '\n'));
      if (was === undefined || is === undefined || was === is) return [];
      return [
        {
          file: record,
          message: `release ${version} of ${pipeline} is another one than on ${commit.slice(0, 10)}: what runs under this number would be replaced`,
          remedy: `Have that one again (git restore --source ${commit.slice(0, 10)} --staged --worktree ${folder}), and promote what was cut here under a number of its own.`,
        },
      ];
    }),
  );
}
