import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { isAlive } from '@millrace/workspace';

/** Where a repository is made until it is whole: beside its place, named after it and the process that makes it. */
export function temporaryFolder(target: string): string {
  return join(dirname(target), `.${basename(target)}.create-millrace-${process.pid}`);
}

/** Removes what runs that were killed left of the same repository, and says so; a run that goes on keeps its folder. */
export async function clearLeftovers(target: string, tell: (line: string) => void): Promise<void> {
  const start = `.${basename(target)}.create-millrace-`;
  for (const name of entriesOf(dirname(target))) {
    const pid = name.startsWith(start) && /^[1-9]\d*$/.test(name.slice(start.length)) ? Number(name.slice(start.length)) : undefined;
    if (pid === undefined || (pid !== process.pid && isAlive(pid))) continue;
    await rm(join(dirname(target), name), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    tell(`removed ${name}, which a run that was killed had left`);
  }
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // What cannot be listed has nothing of ours; making the folder says what is wrong.
    return [];
  }
}
