import type { ValueMap } from '@millrace/kustomize';

import { fieldAt, isMap, textAt, type FieldPath } from '../../field.js';
import { FLINK_BLUE_GREEN, FLINK_DEPLOYMENT, FLINK_SESSION_JOB } from '../../kinds.js';
import type { Subject } from '../../subject.js';
import { versionOf, type FlinkVersion } from './flink-version.js';
import { settingsAt, type Settings } from './settings.js';

/** What starts a cluster. */
export const CLUSTERS: readonly string[] = [FLINK_DEPLOYMENT, FLINK_BLUE_GREEN];
/** What may have a job. */
export const JOBS: readonly string[] = [FLINK_DEPLOYMENT, FLINK_BLUE_GREEN, FLINK_SESSION_JOB];

/** The spec of a cluster or a session job, and what rules ask of it first. */
export interface FlinkSpec {
  /** Where the spec stands: a blue-green deployment has it in a template. */
  readonly at: FieldPath;
  readonly spec: ValueMap;
  /** Undefined where none is written, or none that is known. */
  readonly version: FlinkVersion | undefined;
  readonly settings: Settings;
  /** Undefined for a session cluster. */
  readonly job: ValueMap | undefined;
}

/** Where a kind of Flink's has the spec of its cluster or its job. */
export function specPathOf(groupKind: string): FieldPath {
  return groupKind === FLINK_BLUE_GREEN ? ['spec', 'template', 'spec'] : ['spec'];
}

/** The spec that the operator reads of a subject; undefined where there is none. */
export function flinkSpecOf({ groupKind, resource }: Subject): FlinkSpec | undefined {
  const at = specPathOf(groupKind);
  const spec = fieldAt(resource.body, ...at);
  if (!isMap(spec)) return undefined;
  const job = fieldAt(spec, 'job');
  return {
    at,
    spec,
    version: versionOf(textAt(spec, 'flinkVersion')),
    settings: settingsAt(spec, at),
    job: isMap(job) ? job : undefined,
  };
}
