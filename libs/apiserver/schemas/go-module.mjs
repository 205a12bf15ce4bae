// Go modules, fetched by Go itself, which checks them against the checksum database as this machine's Go is set up to.
import { readFileSync } from 'node:fs';
import { run } from './run.mjs';

/**
 * @param {string} coordinates `module@version`
 * @param {string} folder one without a go.mod: what is fetched is nobody's dependency
 * @returns {{ coordinates: string, bytes: Buffer, checksums: Record<string, string> }} the zip as the module proxy serves it
 */
export function fetchGoModule(coordinates, folder) {
  const fetched = run('go', ['mod', 'download', '-json', coordinates], {
    cwd: folder,
    env: { GOFLAGS: '', GOWORK: 'off' },
    missing: `${coordinates} is a Go module: install Go 1.21 or newer and put go on the PATH.`,
  });
  let answer;
  try {
    answer = JSON.parse(fetched.stdout);
  } catch {
    throw new Error(`Go could not fetch ${coordinates}:\n${fetched.output}`);
  }
  if (answer.Error) throw new Error(`Go could not fetch ${coordinates}. Is that version served, and does go reach a module proxy?\n${answer.Error}`);
  return { coordinates, bytes: readFileSync(answer.Zip), checksums: { 'h1, as in go.sum': answer.Sum } };
}
