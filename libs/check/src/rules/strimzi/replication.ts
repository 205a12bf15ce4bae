import type { ValueMap } from '@millrace/kustomize';

import { numberAt, type FieldPath } from '../../field.js';
import { integerSetting, settingsAt } from './settings.js';

/** How many copies must be in sync for a write, beside how many copies there are. */
export interface SyncedCopies {
  /** Where the number that must be in sync is written. */
  readonly path: FieldPath;
  readonly inSync: number;
  readonly copies: number;
  /** What the two numbers are called. */
  readonly inSyncName: string;
  readonly copiesName: string;
}

const IN_SYNC = 'min.insync.replicas';

const BROKER_PAIRS = [
  [IN_SYNC, 'default.replication.factor'],
  [IN_SYNC, 'offsets.topic.replication.factor'],
  ['transaction.state.log.min.isr', 'transaction.state.log.replication.factor'],
] as const;

/** The pairs that a Kafka's config or a KafkaTopic sets itself; of what is left to defaults of another resource, none. */
export function syncedCopiesOf(body: ValueMap, kind: string): readonly SyncedCopies[] {
  const path = kind === 'Kafka' ? ['spec', 'kafka', 'config'] : ['spec', 'config'];
  const settings = settingsAt(body, ...path);
  if (kind !== 'Kafka') return pair(path, IN_SYNC, integerSetting(settings, IN_SYNC), 'spec.replicas', numberAt(body, 'spec', 'replicas'));
  const pairs = BROKER_PAIRS.flatMap(([inSync, copies]) => pair(path, inSync, integerSetting(settings, inSync), copies, integerSetting(settings, copies)));
  // Where one number is held against two, the fewest copies say it all.
  return pairs.filter((one) => !pairs.some((other) => other.inSyncName === one.inSyncName && isTighter(other, one, pairs)));
}

function isTighter(other: SyncedCopies, one: SyncedCopies, pairs: readonly SyncedCopies[]): boolean {
  return other.copies < one.copies || (other.copies === one.copies && pairs.indexOf(other) < pairs.indexOf(one));
}

function pair(path: FieldPath, inSyncName: string, inSync: number | undefined, copiesName: string, copies: number | undefined): readonly SyncedCopies[] {
  return inSync === undefined || copies === undefined ? [] : [{ path: [...path, inSyncName], inSync, copies, inSyncName, copiesName }];
}
