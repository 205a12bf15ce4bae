import { MillraceError } from '@millrace/model';

import { OURS } from '../files/ours.js';
import { askGit } from './git.js';

/**
 * For whoever takes the files of a folder for all that is declared: throws where git leaves some of them out of this checkout
 * (`git sparse-checkout`). An environment that is not here would count as one that is not there, and nothing would guard what runs in it.
 */
export function refuseSparse(root: string): void {
  if (askGit(root, ['config', '--type=bool', '--get', 'core.sparseCheckout']) !== 'true') return;
  // With -t, what is left out has an S before its path.
  const entries = askGit(root, ['ls-files', '-t', '-z', '--', ...OURS])?.split('\0') ?? [];
  const left = entries.flatMap((entry) => (entry.startsWith('S ') ? [entry.slice(2)] : []));
  const [first] = left;
  if (first === undefined) return;
  const folders = OURS.filter((ours) => left.some((path) => path.startsWith(`${ours}/`)));
  throw new MillraceError('refused', [
    {
      file: first,
      message: `this checkout is sparse, and this file is left out of it${left.length === 1 ? '' : `, as are ${left.length - 1} more`}: what is not here would count as gone`,
      remedy: `Have all that is declared: ${folders.length === 0 ? 'git sparse-checkout disable' : `git sparse-checkout add ${folders.join(' ')}`}`,
    },
  ]);
}
