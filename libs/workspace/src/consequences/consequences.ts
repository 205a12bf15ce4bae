import type { Outcome } from '../run-command.js';
import { describeLeaving } from './leaving/describe-leaving.js';
import { describeStopped } from './redeployed/describe-stopped.js';
import { describeDeleted } from './topics/describe-deleted.js';

/** What changes would do to what is running, once they are in the cluster: a line an environment and fate, what cannot be undone first. */
export function consequences({ leaving, deleted, stopped }: Pick<Outcome, 'leaving' | 'deleted' | 'stopped'>): readonly string[] {
  return [...describeLeaving(leaving), ...describeDeleted(deleted), ...describeStopped(stopped)];
}
