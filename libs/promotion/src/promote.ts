import { isDeepStrictEqual } from 'node:util';

import { releaseFiles } from '@millrace/manifests';
import {
  environmentName,
  MillraceError,
  pipelineName,
  placementFile,
  refused,
  releaseVersion,
  type Declared,
  type Pipeline,
  type Workspace,
} from '@millrace/model';
import { defineCommand, namedEnvironment, namedPipeline, PLACEMENT_START, type FileEdit, type History } from '@millrace/workspace';
import * as z from 'zod';

import { deletedTopics } from './deleted-topics.js';
import { freeze } from './freeze.js';
import { newVersion } from './new-version.js';

/** Pins in an environment what runs in the one before it; where that one follows `next`, a release is cut from it first. */
export const promote = defineCommand({
  name: 'promote',
  summary: 'Promote a pipeline to an environment',
  examples: ['millrace promote order-processor --to staging', 'millrace promote order-processor --to prod --release 1.4.0'],
  options: z.strictObject({
    pipeline: pipelineName.meta({ description: 'The pipeline', positional: 0, prompt: 'Which pipeline?' }),
    to: environmentName.meta({ description: 'The environment', prompt: 'To which environment?' }),
    release: releaseVersion
      .optional()
      .meta({ description: 'The release, cut from next if it is new (default: what runs in the environment before; the next minor version for a new one)' }),
    deleteData: z.boolean().default(false).meta({ description: 'Topics that the release does not have any more may go with their data' }),
    commit: z
      .string()
      .regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/)
      .optional()
      .meta({ description: 'The commit that a new release records; on the command line the one that is promoted' }),
  }),
  needs: 'workspace in sync',
  releasesOf: ({ pipeline, release }) => (release === undefined ? [] : [pipeline]),
  plan: (workspace, { pipeline, to, release, deleteData, commit }, history) => {
    const next = namedPipeline(workspace, pipeline);
    const { promotesFrom } = namedEnvironment(workspace, to).value;
    if (promotesFrom === undefined) {
      throw refused(
        `${to} is the first environment: it follows next, and nothing is promoted to it`,
        `Choose another: ${[...workspace.environments.keys()].filter((name) => name !== to).join(', ') || '(there is none yet)'}.`,
      );
    }
    const running = workspace.placements.get(promotesFrom)?.get(pipeline)?.value.release;
    if (running === undefined)
      throw refused(
        `${pipeline} does not run in ${promotesFrom}, from which ${to} promotes`,
        `Promote it there first: millrace promote ${pipeline} --to ${promotesFrom}`,
      );

    const { version, edits } = chosenRelease(
      workspace,
      next,
      { running, replaced: workspace.placements.get(to)?.get(pipeline)?.value.release },
      release,
      commit,
      history,
    );
    const promoted = workspace.pipelines.get(pipeline)?.releases.get(version)?.declaration ?? next;
    const deleted = deleteData ? [] : deletedTopics(workspace, to, promoted.value);
    if (deleted.length > 0) throw new MillraceError('refused', deleted);
    return [...edits, { kind: 'yaml', file: placementFile(to, pipeline), start: PLACEMENT_START, edits: [{ kind: 'set', path: ['release'], value: version }] }];
  },
});

function chosenRelease(
  workspace: Workspace,
  next: Declared<Pipeline>,
  { running, replaced }: { readonly running: string; readonly replaced: string | undefined },
  wanted: string | undefined,
  commit: string | undefined,
  history: History,
): { readonly version: string; readonly edits: readonly FileEdit[] } {
  const { pipeline } = next.value;
  const versions = workspace.pipelines.get(pipeline)?.versions ?? [];
  if (running !== 'next') {
    if (wanted === undefined || wanted === running) return { version: running, edits: [] };
    throw refused(`the environment before runs ${pipeline} ${running}, not ${wanted}`, `Promote ${wanted} there first, or leave --release out.`);
  }
  const newest = versions.at(-1);
  const candidate = wanted ?? newest;
  if (candidate !== undefined && isUnchanged(workspace, next, candidate)) return { version: candidate, edits: [] };
  if (wanted !== undefined && versions.includes(wanted)) {
    // The same in a newer layout is no change of what is declared: it need not be what next is by now.
    const from = workspace.pipelines.get(pipeline)?.releases.get(wanted)?.record.value.refreshedFrom;
    if (from !== undefined && (replaced === from || replaced === wanted)) return { version: wanted, edits: [] };
    throw refused(
      `release ${wanted} of ${pipeline} is there already, and it is not what next is now`,
      'Releases never change: choose another version, or leave --release out.',
    );
  }
  const version = newVersion(pipeline, wanted, [...versions, ...history.releasesOf(pipeline)]);
  return { version, edits: cut(workspace, next, version, commit) };
}

/** Whether a release says and has all that `next` does, comments of pipeline.yaml aside: promoting twice cuts once. */
function isUnchanged(workspace: Workspace, next: Declared<Pipeline>, version: string): boolean {
  const frozen = workspace.pipelines.get(next.value.pipeline)?.releases.get(version);
  if (frozen === undefined || !isDeepStrictEqual(frozen.declaration.value, next.value)) return false;
  const plan = releaseFiles(workspace, next, version);
  // The bases may be the same in two layouts; the overlays that go with them are not.
  if (frozen.record.value.layout !== plan.layout) return false;
  const { 'pipeline.yaml': _text, ...now } = plan.checksums;
  const { 'pipeline.yaml': _frozenText, ...then } = frozen.record.value.files;
  return isDeepStrictEqual(now, then);
}

/** The files of a new release. */
function cut(workspace: Workspace, next: Declared<Pipeline>, version: string, commit: string | undefined): readonly FileEdit[] {
  const { pipeline, jobs } = next.value;
  const without = Object.entries(jobs)
    .filter(([, { artifact }]) => artifact.image === undefined && artifact.jar === undefined)
    .map(([job]) => job);
  if (without.length > 0) {
    throw refused(
      `a release of ${pipeline} would have nothing to run for ${without.join(', ')}: no artifact is recorded`,
      `Build it, then: millrace artifact ${pipeline} --jobs ${without.join(',')} --image <image>@sha256:<digest>`,
    );
  }
  return freeze(next.value, releaseFiles(workspace, next, version), { version, commit, refreshedFrom: undefined });
}
