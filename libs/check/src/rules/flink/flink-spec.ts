import type { ValueMap } from '@millrace/kustomize';

import { fieldAt, isMap, textAt, type FieldPath } from '../../field.js';
import type { Subject } from '../../subject.js';
import { versionOf, type FlinkVersion } from './flink-version.js';
import { settingsAt, type Settings } from './settings.js';

export const DEPLOYMENT = 'flink.apache.org/FlinkDeployment';
export const BLUE_GREEN = 'flink.apache.org/FlinkBlueGreenDeployment';
export const SESSION_JOB = 'flink.apache.org/FlinkSessionJob';
export const SNAPSHOT = 'flink.apache.org/FlinkStateSnapshot';

/** What starts a cluster. */
export const CLUSTERS: readonly string[] = [DEPLOYMENT, BLUE_GREEN];
/** What may have a job. */
export const JOBS: readonly string[] = [DEPLOYMENT, BLUE_GREEN, SESSION_JOB];

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

/** The spec that the operator reads of a subject; undefined where there is none. */
export function flinkSpecOf({ groupKind, resource }: Subject): FlinkSpec | undefined {
  const at = groupKind === BLUE_GREEN ? ['spec', 'template', 'spec'] : ['spec'];
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

/** Whether a text is filled in by something that runs later: then nothing is known of it. */
export function isPlaceholder(text: string): boolean {
  return /\$[({A-Za-z_]|\{\{/.test(text);
}
