import { isDeepStrictEqual } from 'node:util';

import { environmentFolder, placementFolder, type Workspace } from '@millrace/model';

import { textsOf, type Changes } from '../../changes.js';
import type { Files } from '../../files/files.js';
import { flinkResources, type FlinkResource } from './flink-resources.js';
import { overlaySources } from '../overlay-sources.js';
import { specDifference } from './spec-difference.js';

/** A job that is there as things are, and what changes would do to it. */
export interface StoppedJob {
  readonly environment: string;
  readonly job: string;
  /**
   * `redeployed`: stopped, and started again from its state. `stopped`: suspended or gone. `anew`: another object takes its place, which starts
   * without its state, while the present one may run on. `impossible`: the operator refuses the change.
   */
  readonly becomes: 'redeployed' | 'stopped' | 'anew' | 'impossible';
}

type Read = (path: string) => string | undefined;

const OVERLAY = /^(environments\/[^/]+\/pipelines\/[^/]+\/flink)\//;
const PLATFORM = /^environments\/([^/]+)\/flink\//;
const NEXT = /^apps\/([^/]+)\/next\//;

/**
 * The running jobs that changes would stop or redeploy, by environment and name. A job counts whose spec the operator
 * takes for another one (R32), or whose session cluster restarts, which takes all its jobs along (R36); one that is suspended
 * or not there does not run. One that would move to another session cluster is impossible, suspended or not: the operator
 * never takes that (R26). One that moves to another namespace or becomes another kind starts anew, unless it is suspended and
 * says from which savepoint it goes on (R34). Nothing is read but the overlays that the changes touch, and of an environment
 * whose session clusters change, all.
 */
export function stoppedJobs(files: Files, changes: Changes, workspace: Workspace): readonly StoppedJob[] {
  const texts = textsOf(changes);
  const before: Read = (path) => files.read(path);
  const after: Read = (path) => {
    const text = texts.get(path);
    return text === undefined ? files.read(path) : (text ?? undefined);
  };
  const stopped = new Map<string, StoppedJob>();
  const add = (environment: string, { name, namespace }: FlinkResource, becomes: StoppedJob['becomes']) => {
    const key = `${environment} ${namespace ?? ''} ${name}`;
    // A session that restarts does not bring back a job that is taken out of it, and what is impossible does nothing else.
    const there = stopped.get(key)?.becomes;
    if (there === undefined || there === 'redeployed') stopped.set(key, { environment, job: name, becomes });
  };

  for (const overlay of touchedOverlays(texts.keys(), workspace)) {
    const environment = overlay.split('/')[1] ?? '';
    for (const [was, now] of changedResources(overlay, before, after)) {
      if (now !== undefined && movesToAnotherSession(was, now)) add(environment, was, 'impossible');
      if (now !== undefined && startsAnew(was, now)) add(environment, was, 'anew');
      if (was.state !== 'running' || (now !== undefined && isAnother(was, now))) continue;
      if (now?.state !== 'running') add(environment, was, 'stopped');
      else if (isRedeployed(was, now)) add(environment, was, 'redeployed');
    }
  }
  for (const environment of new Set([...texts.keys()].flatMap((path) => PLATFORM.exec(path)?.[1] ?? []))) {
    const restarted = changedResources(`${environmentFolder(environment)}/flink`, before, after)
      .filter(([was, now]) => was.state === undefined && (now === undefined || isRedeployed(was, now)))
      .map(([was]) => was);
    if (restarted.length === 0) continue;
    for (const pipeline of workspace.placements.get(environment)?.keys() ?? []) {
      for (const job of flinkResources(overlaySources(before, `${placementFolder(environment, pipeline)}/flink`, 'Flink')).values()) {
        const session = restarted.find(({ name, namespace }) => name === job.spec['deploymentName'] && namespace === job.namespace);
        if (session !== undefined && job.state === 'running') add(environment, job, 'redeployed');
      }
    }
  }
  return [...stopped].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, job]) => job);
}

/** The overlays of jobs that changes reach: their own files, or what the first environment follows. */
function touchedOverlays(paths: Iterable<string>, workspace: Workspace): ReadonlySet<string> {
  const overlays = new Set<string>();
  for (const path of paths) {
    const overlay = OVERLAY.exec(path)?.[1];
    if (overlay !== undefined) overlays.add(overlay);
    const pipeline = NEXT.exec(path)?.[1];
    if (pipeline === undefined) continue;
    for (const [environment, placements] of workspace.placements) {
      if (placements.get(pipeline)?.value.release === 'next') overlays.add(`${placementFolder(environment, pipeline)}/flink`);
    }
  }
  return overlays;
}

/** The resources of an overlay as they are, each with what becomes of it; none where nothing about them changes. */
function changedResources(overlay: string, before: Read, after: Read): readonly (readonly [FlinkResource, FlinkResource | undefined])[] {
  const old = overlaySources(before, overlay, 'Flink');
  // Most often it is made: nothing of it is there yet.
  if (old.texts.length === 0) return [];
  const now = overlaySources(after, overlay, 'Flink');
  if (isDeepStrictEqual(old, now)) return [];
  const resources = flinkResources(now);
  return [...flinkResources(old).values()].map((resource) => [resource, resources.get(resource.name)] as const);
}

/** The same job in another session cluster: the same object with another deploymentName, which is immutable (R26). */
function movesToAnotherSession(was: FlinkResource, now: FlinkResource): boolean {
  return (
    was.kind === 'FlinkSessionJob' && now.kind === was.kind && was.namespace === now.namespace && was.spec['deploymentName'] !== now.spec['deploymentName']
  );
}

/** Another object: the operator knows nothing of the one before, whose deletion waits until a person confirms it. */
function isAnother(was: FlinkResource, now: FlinkResource): boolean {
  return was.kind !== now.kind || was.namespace !== now.namespace;
}

/** A job whose place another object takes, but for one that stands still and goes on from a savepoint there (R34). */
function startsAnew(was: FlinkResource, now: FlinkResource): boolean {
  return was.state !== undefined && isAnother(was, now) && !(was.state === 'suspended' && now.startsFrom !== undefined);
}

function isRedeployed(was: FlinkResource, now: FlinkResource): boolean {
  if (isAnother(was, now) || was.operations !== now.operations) return true;
  return specDifference(was.spec, now.spec) === 'redeploy';
}
