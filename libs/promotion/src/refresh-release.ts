import { refreshedFiles } from '@millrace/manifests';
import { firstEnvironment, newestLayout, nextLayout, pipelineName, refused, releaseVersion, type FrozenRelease } from '@millrace/model';
import { defineCommand, namedPipeline } from '@millrace/workspace';
import { inc, prerelease } from 'semver';
import * as z from 'zod';

import { freeze } from './freeze.js';

/**
 * Makes of a release one that says the same in the newest layout: same declaration, same artifacts, same commit. The old
 * one stays as it is, and what pins it goes on pinning it; the new one runs nowhere until it is promoted.
 */
export const refreshRelease = defineCommand({
  name: 'releases refresh',
  summary: 'Make a release again in the newest layout, as a release of its own',
  examples: ['millrace releases refresh order-processor', 'millrace releases refresh order-processor --release 1.4.0 --as 1.4.1'],
  options: z.strictObject({
    pipeline: pipelineName.meta({ description: 'The pipeline', positional: 0, prompt: 'Which pipeline?' }),
    release: releaseVersion.optional().meta({ description: 'The release (default: the newest)' }),
    as: releaseVersion.optional().meta({ description: 'What the new release is called (default: the next patch version that is free)' }),
  }),
  releasesOf: ({ pipeline }) => [pipeline],
  plan: (workspace, { pipeline, release, as: version }, history) => {
    namedPipeline(workspace, pipeline);
    const versions = workspace.pipelines.get(pipeline)?.versions ?? [];
    const releases = workspace.pipelines.get(pipeline)?.releases ?? new Map<string, FrozenRelease>();
    const name = release ?? versions.at(-1);
    const frozen = name === undefined ? undefined : releases.get(name);
    if (name === undefined || frozen === undefined) {
      throw refused(
        release === undefined ? `${pipeline} has no release yet` : `there is no release ${release} of ${pipeline}`,
        versions.length === 0 ? 'Promote it, which cuts one.' : `Choose one of ${versions.join(', ')}.`,
      );
    }
    const source = frozen.record.value;
    if (source.layout >= newestLayout) {
      // Run again, it finds what it made.
      if (source.refreshedFrom !== undefined && release === undefined) return [];
      throw refused(`release ${name} of ${pipeline} is in layout ${source.layout}, the newest there is`, 'Nothing to do: promote it as it is.');
    }
    if (nextLayout(workspace) < newestLayout) {
      throw refused(
        `${firstEnvironment(workspace) ?? 'the first environment'} is in layout ${nextLayout(workspace)}: a release in layout ${newestLayout} would run what was never tried`,
        'Move it first: millrace migrate',
      );
    }
    const made = [...releases].find(([, { record }]) => record.value.refreshedFrom === name && record.value.layout === newestLayout)?.[0];
    if (made !== undefined && (version === undefined || version === made)) return [];
    const taken = [...versions, ...history.releasesOf(pipeline)];
    const chosen = version ?? nextFree(name, taken);
    if (taken.includes(chosen)) {
      throw refused(
        `release ${chosen} of ${pipeline} ${versions.includes(chosen) ? 'is there already' : 'was there before'}`,
        'Releases never change: choose another version, or leave --as out.',
      );
    }
    return freeze(frozen.declaration.value, refreshedFiles(frozen, chosen, newestLayout), { version: chosen, commit: source.commit, refreshedFrom: name });
  },
});

/** The version after one that no release has: a patch more, or of a prerelease the next prerelease. */
function nextFree(version: string, taken: readonly string[]): string {
  const next = inc(version, prerelease(version) === null ? 'patch' : 'prerelease');
  if (next === null) throw new TypeError(`${version} is no version`);
  return taken.includes(next) ? nextFree(next, taken) : next;
}
