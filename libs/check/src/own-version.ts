import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { serverVersion } from '@millrace/apiserver';
import { engineVersion } from '@millrace/kustomize';

/** What decides, beside an overlay's files and the definitions, what is found in it: the engine, the API server, and the code of the rules itself. */
export async function ownVersion(): Promise<string> {
  const hash = createHash('sha256')
    .update((await engineVersion('embedded')) ?? '')
    .update(serverVersion());
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.[jt]s$/.test(file) && !file.endsWith('.d.ts'));
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}
