import { recover, refuseHalfWritten } from '@millrace/workspace';

import { terminal } from './terminal.js';

/**
 * What comes before every command: one that writes undoes what a killed run left, and says so; one that only reads refuses to speak of
 * files that are half written.
 */
export function startOn(root: string, what: 'reads' | 'writes'): void {
  if (what === 'reads') refuseHalfWritten(root);
  else if (recover(root) > 0) terminal.info('An earlier run was interrupted while it wrote; what it had written was undone.');
}
