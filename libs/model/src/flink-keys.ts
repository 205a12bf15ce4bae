import { flinkVersions, type FlinkVersion } from './declared/pipeline.js';

interface Renaming {
  readonly now: string;
  readonly before: string;
  /** The first minor that knows the new name. */
  readonly since: FlinkVersion;
}

/**
 * Names of Flink's settings changed over its versions (R30). Both names of one setting must never be written side by
 * side: for Flink 2 the operator refuses overlapping names (R29), and before that one of them wins in silence.
 * Source: Flink's release notes 1.19 and 1.20 (FLIP-406), CheckpointingOptions, StateRecoveryOptions.
 */
const RENAMINGS: readonly Renaming[] = [
  { now: 'state.backend.type', before: 'state.backend', since: 'v1_19' },
  { now: 'restart-strategy.type', before: 'restart-strategy', since: 'v1_19' },
  { now: 'high-availability.type', before: 'high-availability', since: 'v1_19' },
  { now: 'execution.checkpointing.dir', before: 'state.checkpoints.dir', since: 'v1_20' },
  { now: 'execution.checkpointing.savepoint-dir', before: 'state.savepoints.dir', since: 'v1_20' },
  { now: 'execution.checkpointing.incremental', before: 'state.backend.incremental', since: 'v1_20' },
  { now: 'execution.checkpointing.num-retained', before: 'state.checkpoints.num-retained', since: 'v1_20' },
  { now: 'execution.checkpointing.storage', before: 'state.checkpoint-storage', since: 'v1_20' },
  { now: 'execution.checkpointing.unaligned.enabled', before: 'execution.checkpointing.unaligned', since: 'v1_20' },
  { now: 'execution.state-recovery.ignore-unclaimed-state', before: 'execution.savepoint.ignore-unclaimed-state', since: 'v1_20' },
  { now: 'execution.state-recovery.claim-mode', before: 'execution.savepoint-restore-mode', since: 'v1_20' },
];

function knows(version: FlinkVersion, { since }: Renaming): boolean {
  return flinkVersions.indexOf(version) >= flinkVersions.indexOf(since);
}

/** Settings by the names of today, in the names that a version has for them. */
export function forFlink(version: FlinkVersion, settings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => {
      const renaming = RENAMINGS.find(({ now }) => now === key);
      return [renaming === undefined || knows(version, renaming) ? key : renaming.before, value];
    }),
  );
}

/** The name a version wants instead of `key`; undefined where `key` is right. */
export function properFlinkKey(version: FlinkVersion, key: string): string | undefined {
  for (const renaming of RENAMINGS) {
    const [right, wrong] = knows(version, renaming) ? [renaming.now, renaming.before] : [renaming.before, renaming.now];
    if (key === wrong) return right;
  }
  return undefined;
}
