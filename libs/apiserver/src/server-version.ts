import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A text that changes when a verdict on the same resource and the same definitions may be another: with the embedded modules, whose
 * hashes assets/apiserver.json has, and with the code here that asks them and reads their reports.
 */
export function serverVersion(): string {
  const hash = createHash('sha256').update(readFileSync(new URL('../assets/apiserver.json', import.meta.url)));
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const files = readdirSync(folder).filter((file) => /\.[jt]s$/.test(file) && !/\.d\.ts$|\.(?:spec|fixture)\.[jt]s$/.test(file));
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}
