import { fieldAt, isMap, type FieldPath } from '../../field.js';
import { FLINK_DEPLOYMENT, FLINK_SESSION_JOB } from '../../kinds.js';
import type { Subject } from '../../subject.js';
import { settingsAt, type Setting } from '../flink/settings.js';

/** The settings of a Flink resource; none of any other. */
export function flinkSettings({ resource, groupKind }: Subject): readonly Setting[] {
  const spec = fieldAt(resource.body, 'spec');
  if ((groupKind !== FLINK_DEPLOYMENT && groupKind !== FLINK_SESSION_JOB) || !isMap(spec)) return [];
  return settingsAt(spec, ['spec']).all;
}

/** Where a Flink resource has the arguments of its job. */
export const argsPath: FieldPath = ['spec', 'job', 'args'];
