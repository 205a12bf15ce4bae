import { describeStopped } from './redeployed/describe-stopped.js';
import type { Outcome } from './run-command.js';
import { describeDeleted } from './topics/describe-deleted.js';

/** What changes would do to what is running, once they are in the cluster: a line an environment and fate, what cannot be undone first. */
export function consequences({ deleted, stopped }: Pick<Outcome, 'deleted' | 'stopped'>): readonly string[] {
  return [...describeDeleted(deleted), ...describeStopped(stopped)];
}
