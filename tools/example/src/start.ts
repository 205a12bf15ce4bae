import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';

import { execa, type Options } from 'execa';

import { exampleSteps, type ExampleStep } from './steps.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** A commit of the example is nobody's in particular, whatever git on this machine knows or insists on. */
const IDENTITY = ['-c', 'user.name=Millrace example', '-c', 'user.email=example@millrace.invalid', '-c', 'commit.gpgsign=false'];

/**
 * Makes the complete example in a new folder beside the sources, with Millrace installed there from packed tarballs,
 * as a user would have it from the registry; then renders every overlay. Gives the exit code.
 */
export async function start(source: string): Promise<number> {
  const name = newFolderName(source);
  const folder = join(source, name);
  try {
    say(styleText('bold', `\nMaking the complete example in ${name}/\n`));
    mkdirSync(folder);
    await makeRepository(source, folder);
    for (const step of exampleSteps) await run(folder, step);

    say(styleText('bold', '\nEvery overlay of the three environments, rendered by the embedded kustomize'));
    await run(folder, { say: '', program: 'millrace', args: ['render'] });
    say(styleText('bold', '\nThe same through Nx: each overlay is a project, its result is cached'));
    await runShown(folder, 'npx', ['nx', 'run-many', '-t', 'render', '--outputStyle=static'], { lines: 6 });
    await runShown(folder, 'npx', ['nx', 'sync:check'], { lines: 3 });
  } catch (error) {
    say(`\n${styleText('red', 'The example was not finished.')} What is there so far is in ${name}/.`);
    say(error instanceof Error && 'shortMessage' in error ? String(error.shortMessage) : String(error));
    return 1;
  }
  tellWhatIsThere(name, folder);
  return 0;
}

function newFolderName(source: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? 'example' : `example-${String(number)}`;
    if (!existsSync(join(source, name))) return name;
  }
}

/** A repository as somebody has who starts: git, Nx and Millrace as development dependencies. */
async function makeRepository(source: string, folder: string): Promise<void> {
  await runShown(folder, 'git', ['init', '--quiet', '--initial-branch', 'main'], {});
  const tarballs = join(folder, '.packages');
  mkdirSync(tarballs);
  const workspaces = [
    'libs/model',
    'libs/manifests',
    'libs/workspace',
    'libs/kustomize',
    'libs/apiserver',
    'libs/check',
    'libs/promotion',
    'tools/cli',
    'tools/nx',
  ];
  say(styleText('dim', 'Packing Millrace, as it would be published …'));
  await execa('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', tarballs, ...workspaces.flatMap((path) => ['--workspace', path])], {
    cwd: source,
  });
  const packed = Object.fromEntries(readdirSync(tarballs).map((file) => [packageName(file), `file:.packages/${file}`]));
  writeFileSync(
    join(folder, 'package.json'),
    `${JSON.stringify({ name: 'streaming', private: true, devDependencies: { ...packed, ...nxVersions(source) } }, null, 2)}\n`,
  );
  writeFileSync(join(folder, 'nx.json'), `${JSON.stringify({ analytics: false, defaultBase: 'main', neverConnectToCloud: true }, null, 2)}\n`);
  await runShown(folder, 'npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], { lines: 3 });
}

/** `millrace-model-0.1.0.tgz` is @millrace/model; the command line's package has no scope. */
function packageName(tarball: string): string {
  const name = tarball.replace(/-\d+\.\d+\.\d+.*\.tgz$/, '');
  return name === 'millrace' ? name : name.replace('millrace-', '@millrace/');
}

/** The versions of Nx that Millrace itself is developed with. */
function nxVersions(source: string): Record<string, string> {
  const manifest: unknown = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const dependencies: unknown = typeof manifest === 'object' && manifest !== null && 'devDependencies' in manifest ? manifest.devDependencies : {};
  const entries = typeof dependencies === 'object' && dependencies !== null ? Object.entries(dependencies) : [];
  return Object.fromEntries(entries.filter(([name]) => name === 'nx' || name === '@nx/devkit').map(([name, version]) => [name, String(version)]));
}

async function run(folder: string, step: ExampleStep): Promise<void> {
  if (step.say !== '') say(`\n${styleText('cyan', '#')} ${step.say}`);
  const quoted = step.args.map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg}'`)).join(' ');
  say(`${styleText('green', '$')} ${step.program === 'git' ? '' : 'npx '}${step.program} ${quoted}`);
  // npx itself takes a second a command; the program it would start is the same.
  const [file, args] = step.program === 'git' ? ['git', [...IDENTITY, ...step.args]] : [join(folder, 'node_modules/.bin/millrace'), [...step.args]];
  await show(folder, file, args, { lines: step.args[0] === 'render' ? Infinity : 4 });
}

async function runShown(folder: string, file: string, args: readonly string[], limit: { readonly lines?: number }): Promise<void> {
  say(`${styleText('green', '$')} ${[file, ...args].join(' ')}`);
  await show(folder, file, args, limit);
}

/** Runs a program and shows the last lines of what it says; all of it where it fails. Progress goes to the terminal as it is. */
async function show(folder: string, file: string, args: readonly string[], { lines = 3 }: { readonly lines?: number }): Promise<void> {
  const identity = {
    GIT_AUTHOR_NAME: 'Millrace example',
    GIT_AUTHOR_EMAIL: 'example@millrace.invalid',
    GIT_COMMITTER_NAME: 'Millrace example',
    GIT_COMMITTER_EMAIL: 'example@millrace.invalid',
  };
  const options = {
    cwd: folder,
    stdin: 'ignore',
    stderr: args[0] === 'render' ? 'inherit' : 'pipe',
    all: true,
    env: { ...identity, GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'commit.gpgsign', GIT_CONFIG_VALUE_0: 'false' },
  } satisfies Options;
  const { all, failed, shortMessage } = await execa(file, args, { ...options, reject: false });
  const said = all.split('\n').filter((line) => line.trim() !== '');
  const shown = failed ? said : said.slice(-lines);
  if (said.length > shown.length) say(styleText('dim', `  … ${String(said.length - shown.length)} lines more`));
  for (const line of shown) say(`  ${line}`);
  if (failed) throw new Error(shortMessage ?? `${file} failed`);
}

function tellWhatIsThere(name: string, folder: string): void {
  rmSync(join(folder, '.millrace'), { recursive: true, force: true });
  say(`
${styleText('bold', styleText('green', 'The complete example is ready.'))}

  ${name}/millrace.yaml                                   the repository, its teams
  ${name}/apps/order-processor/pipeline.yaml              what the team declares: topics, user, job
  ${name}/apps/order-processor/job/                       the Flink job (Java 17, Maven)
  ${name}/apps/order-processor/releases/1.0.0/            the release, frozen
  ${name}/environments/{dev,staging,prod}/                an overlay for each part, made from what is declared

Next:
  cd ${name}
  npx millrace render environments/prod/pipelines/order-processor/flink   see what prod runs
  npx millrace check                                                      what the cluster would say of all of it
  npx millrace topic refunds --pipeline order-processor --partitions 3    declare a topic: dev follows, prod does not
  npx nx affected -t render,check                                         render and check what that touches
  npx millrace --help                                                     all commands`);
}
