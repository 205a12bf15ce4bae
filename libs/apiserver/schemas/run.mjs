// Starts a program with a list of arguments, never through a shell.
import { spawnSync } from 'node:child_process';

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd: string, env?: Record<string, string | undefined>, missing: string }} options `missing` is what to do where there is no such program
 * @returns {{ ok: boolean, stdout: string, output: string }} `output` is both streams, for a message
 */
export function run(program, args, { cwd, env, missing }) {
  const result = spawnSync(program, args, { cwd, env: { ...process.env, ...env }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 << 20 });
  if (result.error?.code === 'ENOENT') throw new Error(`${program} is not installed. ${missing}`);
  if (result.error) throw result.error;
  if (result.signal || result.status > 128) throw new Error(`${program} was interrupted`);
  return { ok: result.status === 0, stdout: result.stdout, output: `${result.stdout}${result.stderr}`.trim() };
}
