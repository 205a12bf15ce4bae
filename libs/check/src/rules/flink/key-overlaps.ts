import { hasField } from '../../field.js';
import type { FlinkSpec } from './flink-spec.js';
import { isAtLeast } from './flink-version.js';
import { hasHighAvailability } from './high-availability-mode.js';
import type { Setting } from './settings.js';

export interface KeyOverlap {
  /** The key that has a value and is also the start of others. */
  readonly setting: Setting;
  /** The others. */
  readonly under: readonly string[];
}

/**
 * The keys that cannot be written as YAML together, since one would be a value and a map: the operator writes config.yaml for
 * Flink 2.0 and newer only (FlinkConfMountDecorator.java), from its own keys and these.
 */
export function keyOverlaps(flink: FlinkSpec): readonly KeyOverlap[] {
  if (!isAtLeast(flink.version, 2, 0)) return [];
  const keys = [...new Set([...flink.settings.all.map(({ key }) => key), ...keysOfOperator(flink)])].sort();
  return flink.settings.all.flatMap((setting) => {
    const under = keys.filter((key) => key.startsWith(`${setting.key}.`));
    return under.length === 0 ? [] : [{ setting, under }];
  });
}

/** What the operator adds before it writes the file: FlinkConfigBuilder.java. */
function* keysOfOperator({ spec, settings }: FlinkSpec): Generator<string> {
  if (hasHighAvailability(settings)) yield 'high-availability.cluster-id';
  if (hasField(spec, 'image')) yield 'kubernetes.container.image.ref';
  if (hasField(spec, 'imagePullPolicy')) yield 'kubernetes.container.image.pull-policy';
  if (hasField(spec, 'jobManager', 'resource', 'cpu')) yield 'kubernetes.jobmanager.cpu.amount';
  if (hasField(spec, 'taskManager', 'resource', 'cpu')) yield 'kubernetes.taskmanager.cpu.amount';
}
