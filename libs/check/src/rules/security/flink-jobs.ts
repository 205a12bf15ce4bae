import { fieldAt, isMap, type FieldPath } from '../../field.js';
import type { Subject } from '../../subject.js';
import { settingsAt, type Setting } from '../flink/settings.js';

export const FLINK_DEPLOYMENT = 'flink.apache.org/FlinkDeployment';
export const FLINK_SESSION_JOB = 'flink.apache.org/FlinkSessionJob';

/** The settings of a Flink resource; none of any other. */
export function flinkSettings({ resource, groupKind }: Subject): readonly Setting[] {
  const spec = fieldAt(resource.body, 'spec');
  if ((groupKind !== FLINK_DEPLOYMENT && groupKind !== FLINK_SESSION_JOB) || !isMap(spec)) return [];
  return settingsAt(spec, ['spec']).all;
}

/** Where a Flink resource has the arguments of its job. */
export const argsPath: FieldPath = ['spec', 'job', 'args'];
