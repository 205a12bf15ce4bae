import { describe, expect, it } from 'vitest';

import { flinkVersions } from './declared/pipeline.js';
import { forFlink, properFlinkKey } from './flink-keys.js';

/** R30: what a setting is called now, was called before, and the first minor that knows the new name. */
const RENAMED = [
  ['state.backend.type', 'state.backend', 'v1_19'],
  ['restart-strategy.type', 'restart-strategy', 'v1_19'],
  ['high-availability.type', 'high-availability', 'v1_19'],
  ['execution.checkpointing.dir', 'state.checkpoints.dir', 'v1_20'],
  ['execution.checkpointing.savepoint-dir', 'state.savepoints.dir', 'v1_20'],
  ['execution.checkpointing.incremental', 'state.backend.incremental', 'v1_20'],
  ['execution.checkpointing.num-retained', 'state.checkpoints.num-retained', 'v1_20'],
  ['execution.checkpointing.storage', 'state.checkpoint-storage', 'v1_20'],
  ['execution.checkpointing.unaligned.enabled', 'execution.checkpointing.unaligned', 'v1_20'],
  ['execution.state-recovery.ignore-unclaimed-state', 'execution.savepoint.ignore-unclaimed-state', 'v1_20'],
  ['execution.state-recovery.claim-mode', 'execution.savepoint-restore-mode', 'v1_20'],
] as const;

describe.each(flinkVersions)('Flink %s', (version) => {
  it.each(RENAMED)('has one name for %s', (now, before, since) => {
    const known = flinkVersions.indexOf(version) >= flinkVersions.indexOf(since);
    const [right, wrong] = known ? [now, before] : [before, now];
    expect(forFlink(version, { [now]: 'x' })).toEqual({ [right]: 'x' });
    expect(properFlinkKey(version, wrong)).toBe(right);
    expect(properFlinkKey(version, right)).toBeUndefined();
  });

  it('never gets a key that is the start of another (R29), whatever is set by the names of today', () => {
    const keys = Object.keys(forFlink(version, Object.fromEntries(RENAMED.map(([now]) => [now, 'x']))));
    expect(keys).toHaveLength(RENAMED.length);
    if (version.startsWith('v2')) expect(keys.filter((key) => keys.some((other) => other.startsWith(`${key}.`)))).toEqual([]);
  });

  it('has other settings under the names that they have', () => {
    expect(forFlink(version, { 'taskmanager.numberOfTaskSlots': '2' })).toEqual({ 'taskmanager.numberOfTaskSlots': '2' });
    expect(properFlinkKey(version, 'taskmanager.numberOfTaskSlots')).toBeUndefined();
  });
});
