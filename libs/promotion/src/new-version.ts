import { refused, releaseFolder } from '@millrace/model';
import { bringBack } from '@millrace/workspace';
import { compare, inc } from 'semver';

/**
 * What a new release is called: the next minor version after every one that there ever was, or what somebody wants. A number is given
 * once: environments, images and people may know the release that had it, though a revert took that away. Throws where it was.
 */
export function newVersion(pipeline: string, wanted: string | undefined, taken: readonly string[]): string {
  if (wanted !== undefined && taken.includes(wanted)) {
    throw refused(
      `there was a release ${wanted} of ${pipeline} before, and a number is given once`,
      `Choose another version, or leave --release out. To have that one again: ${bringBack(releaseFolder(pipeline, wanted))}`,
    );
  }
  const newest = [...taken].sort(compare).at(-1);
  return wanted ?? (newest === undefined ? '1.0.0' : (inc(newest, 'minor') ?? '1.0.0'));
}
