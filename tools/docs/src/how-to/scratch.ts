import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { exampleSteps } from '@millrace/example';
import { execa } from 'execa';

/** Where the pages' repository is, for whoever reads them. */
const SHOWN_AS = '/home/ada/streaming';

/** A terminal draws these over. */
const PROGRESS = /^[A-Z][a-z]+(?: [a-z]+)? \d+\/\d+(?:\n|$)/gm;

/** Somebody, at one moment, with no configuration of her own: nothing of this machine shows in what she does. */
const ADA = {
  HOME: '/nonexistent',
  LC_ALL: 'C',
  TZ: 'UTC',
  NO_COLOR: '1',
  CI: '1',
  COLUMNS: '120',
  PAGER: 'cat',
  GIT_PAGER: 'cat',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_CONFIG_COUNT: '2',
  GIT_CONFIG_KEY_0: 'core.abbrev',
  GIT_CONFIG_VALUE_0: '7',
  GIT_CONFIG_KEY_1: 'advice.detachedHead',
  GIT_CONFIG_VALUE_1: 'false',
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'Ada'],
      [`GIT_${who}_EMAIL`, 'ada@acme.example'],
      [`GIT_${who}_DATE`, '2026-11-02T09:00:00Z'],
    ]),
  ),
};

/** What a command said, both streams as they came, and how it ended. */
export interface Ran {
  readonly output: string;
  readonly exitCode: number;
}

/** A repository to run a page's commands in. */
export interface Scratch extends Disposable {
  /** Runs what somebody types in a shell. */
  type(command: string): Promise<Ran>;
  /** Makes an edit, given as a diff of paths from the root. */
  edit(diff: string): Promise<Ran>;
}

/** Repositories like the example's, each as it is right after `npm start`. */
export interface Examples extends Disposable {
  fresh(): Scratch;
}

/** Makes the example once, with the build that is there. `root` is this repository. */
export async function makeExample(root: string): Promise<Examples> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-docs-'));
  const commands = join(folder, 'bin');
  const example = join(folder, 'example');
  mkdirSync(commands);
  mkdirSync(example);
  // npx would look for the program, and then run what this runs.
  program(commands, 'npx', 'exec "$@"');
  program(commands, 'millrace', `exec ${quoted(process.execPath)} ${quoted(join(root, 'tools/cli/bin/millrace.js'))} "$@"`);
  const run = async (file: string, args: readonly string[]) => await execa(file, args, { cwd: example, env: environment(commands), extendEnv: false });
  await run('git', ['init', '--quiet', '--initial-branch', 'main']);
  for (const { program: name, args } of exampleSteps) await run(name === 'git' ? 'git' : join(commands, 'millrace'), args);
  let count = 0;
  return {
    fresh: () => {
      const own = join(folder, String((count += 1)), 'streaming');
      cpSync(example, own, { recursive: true });
      return scratch(own, commands);
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A repository in a folder that is there. `commands` is a folder of programs to find first. */
export function scratch(folder: string, commands: string): Scratch {
  const shell = async (command: string, input = ''): Promise<Ran> => {
    const options = { cwd: folder, env: environment(commands), extendEnv: false, reject: false, input } as const;
    // One pipe for both streams: two would lose the order in which lines came.
    const { stdout, exitCode = 128 } = await execa('bash', ['-c', `exec 2>&1\n${command}`], options);
    return {
      output: stdout
        .replaceAll(folder, SHOWN_AS)
        .replace(PROGRESS, '')
        .replace(/[ \t]+$/gm, ''),
      exitCode,
    };
  };
  return {
    type: async (command) => await shell(command),
    edit: async (diff) => await shell('git apply --recount --unidiff-zero -', diff),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function environment(commands: string): Record<string, string> {
  return { ...ADA, PATH: `${commands}:${process.env['PATH'] ?? ''}` };
}

function program(folder: string, name: string, line: string): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${line}\n`);
  chmodSync(file, 0o755);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
