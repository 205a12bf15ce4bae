import { readFileSync } from 'node:fs';

/** The version of Millrace that runs: its packages are released together, under one version. */
export function millraceVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
}
