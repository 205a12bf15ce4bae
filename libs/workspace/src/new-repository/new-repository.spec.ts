import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, matchesGlob } from 'node:path';

import { parse as parseJson } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';

import { isEmpty, textsOf } from '../changes.js';
import { memoryFiles } from '../files/memory.js';
import { optionsOf } from '../option.js';
import { readWorkspace } from '../read-workspace.js';
import { refusalOf, textAt } from '../repository.fixture.js';
import { planSync } from '../run-command.js';
import type { Repository } from '../testing.js';
import { millraceVersion } from '../version.js';
import { newRepository, newRepositorySettings, planNewRepository, typedTo } from './new-repository.js';

const NX = '23.2.1';
const plan = (options: Readonly<Record<string, unknown>>, there: Repository = new Map()) =>
  planNewRepository(memoryFiles(there), newRepositorySettings(options), NX);
const made = (options: Readonly<Record<string, unknown>>, there: Repository = new Map()): Repository =>
  new Map([...there, ...[...textsOf(plan(options, there))].map(([path, text]): [string, string] => [path, text ?? ''])]);
const workspaceOf = (files: Repository) => readWorkspace(memoryFiles(files));
const problemOf = (options: Readonly<Record<string, unknown>>) => {
  const { exitCode, problems } = refusalOf(() => plan(options));
  return { exitCode, ...problems[0] };
};

/** Every option once, away from its default. */
const CHOSEN = {
  name: 'acme-streams',
  environments: ['test', 'qa', 'live'],
  clusters: ['qa=https://qa.acme.example:6443', 'live=https://live.acme.example:6443'],
  repository: 'git@git.acme.example:platform/streams.git',
  storage: 'abfss://acme.dfs.core.windows.net',
  team: 'orders',
  namespace: 'orders-flink',
  storageClass: 'fast-ssd',
  branch: 'trunk',
  packageManager: 'pnpm@10.33.0',
};

/** What create-nx-workspace leaves when it asks for the preset, and a file of somebody's beside. */
const begun: Repository = new Map([
  [
    'package.json',
    '{"name": "@my-platform/source", "version": "0.0.0", "scripts": {}, "private": true, "dependencies": {"@millrace/nx": "1.0.0"}, "devDependencies": {"nx": "23.2.1", "@nx/workspace": "23.2.1"}}',
  ],
  [
    'nx.json',
    '{"$schema": "./node_modules/nx/schemas/nx-schema.json", "analytics": false, "namedInputs": {"default": ["{projectRoot}/**/*", "sharedGlobals"], "production": ["default"], "sharedGlobals": []}}',
  ],
  ['README.md', '# MyPlatform\n\n<a href="https://nx.dev">Nx</a>\n'],
  ['.editorconfig', 'root = false\n'],
  ['.gitignore', 'node_modules\nout\n'],
  ['LICENSE', 'mine\n'],
]);

describe('a new repository', () => {
  const files = made({ name: 'my-platform' });

  it.each([
    ['by default', { name: 'my-platform' }],
    ['with everything chosen', CHOSEN],
    ['with one environment', { name: 'small', environments: ['prod'] }],
    ['with many environments', { name: 'large', environments: ['dev', 'test', 'qa', 'staging', 'prod'] }],
    ['for Yarn', { name: 'my-platform', packageManager: 'yarn@4.18.1' }],
  ])('is in sync at birth: %s', (_what, options) => {
    expect(isEmpty(planSync(memoryFiles(made(options))).changes)).toBe(true);
  });

  it('is what its options say, every one of them', () => {
    expect(Object.keys(CHOSEN).sort()).toEqual(
      optionsOf(newRepository)
        .map(({ name }) => name)
        .sort(),
    );
    const chosen = made(CHOSEN);
    const { millrace, environments } = workspaceOf(chosen);
    expect(millrace.value).toMatchObject({ repository: { url: CHOSEN.repository, branch: 'trunk' }, teams: { orders: { namespace: 'orders-flink' } } });
    expect(
      [...environments.values()].map(({ value }) => [value.environment, value.promotesFrom, value.cluster.server, value.flink.mode, value.flink.storage]),
    ).toEqual([
      ['live', 'qa', 'https://live.acme.example:6443', 'application', `${CHOSEN.storage}/live`],
      ['qa', 'test', 'https://qa.acme.example:6443', 'application', `${CHOSEN.storage}/qa`],
      ['test', undefined, 'https://kubernetes.default.svc', 'session', `${CHOSEN.storage}/test`],
    ]);
    for (const { value } of environments.values()) expect(value.kafka?.brokers.storage.class).toBe('fast-ssd');
    expect(parseJson(textAt(chosen, 'package.json'))).toMatchObject({ name: 'acme-streams', packageManager: 'pnpm@10.33.0' });
    expect(parseJson(textAt(chosen, 'nx.json'))).toMatchObject({ defaultBase: 'trunk' });
  });

  it('takes a default for everything but its name', () => {
    const { environments, millrace } = workspaceOf(files);
    expect([...environments.keys()]).toEqual(['dev', 'prod', 'staging']);
    expect(environments.get('staging')?.value.promotesFrom).toBe('dev');
    expect(environments.get('prod')?.value.promotesFrom).toBe('staging');
    expect(millrace.value).toMatchObject({ repository: { url: 'https://git.example.com/my-platform.git' }, teams: { streaming: { namespace: 'flink' } } });
    expect(environments.get('prod')?.value.flink.storage).toBe('s3://my-platform/prod');
  });

  it('pins what it installs, and tells Nx of the plugin and that sync changes nothing by itself', () => {
    const version = millraceVersion();
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
    expect(parseJson(textAt(files, 'package.json'))).toEqual({
      name: 'my-platform',
      version: '0.0.0',
      private: true,
      engines: { node: '>=20.19' },
      devDependencies: { '@millrace/nx': version, '@nx/devkit': NX, millrace: version, nx: NX },
    });
    expect(parseJson(textAt(files, 'nx.json'))).toMatchObject({
      analytics: false,
      tui: { enabled: false },
      plugins: ['@millrace/nx/plugin'],
      sync: { globalGenerators: ['@millrace/nx:sync'], applyChanges: false },
    });
  });

  it.each([
    ['a name that is no folder', { name: '../up' }, '<name>: a repository name has lower-case letters'],
    ['a name with capitals', { name: 'My-Platform' }, '<name>: a repository name has lower-case letters'],
    ['a name that YAML reads as something else', { name: 'yes' }, '<name>: YAML readers take yes for true'],
    ['the name of a package that it uses', { name: 'nx' }, '<name>: nx is a package that the repository uses'],
    ['no environment', { name: 'x', environments: [] }, '--environments: expected at least one environment'],
    ['an environment twice', { name: 'x', environments: ['dev', 'dev'] }, '--environments: an environment stands there twice'],
    ['an environment that is no name', { name: 'x', environments: ['a/b'] }, '--environments: an environment name has'],
    ['a cluster of no environment', { name: 'x', clusters: ['qa=https://qa.acme.example'] }, '--clusters: there is no environment qa'],
    ['a cluster that is no URL', { name: 'x', clusters: ['dev=dev.acme.example'] }, '--clusters: dev: expected an http(s) URL'],
    ['a password in a URL', { name: 'x', repository: 'https://ada:secret@git.acme.example/x.git' }, '--repository: expected a git URL without password'],
    ['storage that is no URI', { name: 'x', storage: 'my-bucket' }, '--storage: storage is an URI'],
    ['another package manager', { name: 'x', packageManager: 'bun' }, '--package-manager: expected npm, pnpm or yarn'],
    ['a package manager whose version nobody knows', { name: 'x', packageManager: 'pnpm' }, '--package-manager: pnpm has no version'],
    ['an option that there is not', { name: 'x', colour: 'red' }, 'create-millrace has no option colour'],
  ])('is refused, naming the flag: %s', (_what, options, message) => {
    const problem = problemOf(options);
    expect(problem.message).toContain(message);
    expect(problem.exitCode).toBe(2);
    expect(problem.remedy).not.toBe('');
  });

  it('gives environments that share a cluster namespaces of their own, and leaves the operators to the first', () => {
    const clusters = ['dev=https://one.acme.example', 'staging=https://one.acme.example', 'prod=https://two.acme.example'];
    const now = made({ name: 'x', clusters });
    const staging = textAt(now, 'environments/staging/environment.yaml');
    expect(staging).toContain('  operators: provided\n');
    expect(staging).toContain('  namespaces:\n    streaming: flink-staging\n');
    expect(staging).toContain('  namespace: kafka-staging\n');
    for (const environment of ['dev', 'prod']) {
      const other = textAt(now, `environments/${environment}/environment.yaml`);
      expect(other).toContain('  operators: managed\n');
      expect(other).not.toContain('namespaces:');
      expect(other).toContain('  namespace: kafka\n');
    }
  });

  it('is refused by the rules of the workspace that it would be', () => {
    expect(problemOf({ name: 'x', namespace: 'kafka' })).toMatchObject({ exitCode: 1, file: 'environments/dev/environment.yaml' });
  });

  it('is refused where there is one already', () => {
    expect(refusalOf(() => plan({ name: 'x' }, new Map([['millrace.yaml', '']])))).toMatchObject({ exitCode: 1, problems: [{ file: 'millrace.yaml' }] });
  });

  it('replaces what Nx has just begun, and keeps what is not its business', () => {
    const now = made({ name: 'my-platform' }, begun);
    for (const [path, text] of files) if (path !== '.gitignore') expect(textAt(now, path), path).toBe(text);
    expect(textAt(now, '.gitignore')).toContain('out\n');
    expect(now.get('LICENSE')).toBe('mine\n');
  });

  it.each([
    ['a README', 'README.md', '# Ours\n'],
    ["Nx's settings", 'nx.json', '{"namedInputs": {}, "plugins": ["@nx/js"]}'],
    ['a workflow', '.github/workflows/ci.yml', 'on: push\n'],
    ['what Renovate does', 'renovate.json', '{"extends": ["local>acme/renovate"]}'],
  ])('overwrites nothing that somebody wrote, though the rest has just begun: %s', (_what, path, text) => {
    const { kind, problems } = refusalOf(() => plan({ name: 'my-platform' }, new Map([...begun, [path, text]])));
    expect(kind).toBe('refused');
    expect(problems).toEqual([
      {
        file: path,
        message: 'this file is there already, and a new repository would overwrite it',
        remedy: 'Make a repository that is there a Millrace repository, your files kept: npx millrace init --repository <URL>',
      },
    ]);
  });

  it.each([
    ['runs scripts', '{"name": "@acme/source", "scripts": {"test": "nx run-many -t test"}, "devDependencies": {"nx": "23.2.1"}}'],
    ['lists other packages', '{"name": "@acme/source", "devDependencies": {"nx": "23.2.1", "typescript": "6.0.0"}}'],
    ['has a name of its own', '{"name": "acme", "devDependencies": {"nx": "23.2.1"}}'],
    ['is broken', '{"name": '],
  ])('takes no workspace for one that has just begun whose package.json %s', (_what, manifest) => {
    const { problems } = refusalOf(() => plan({ name: 'my-platform' }, new Map([...begun, ['package.json', manifest]])));
    expect(problems.map(({ file }) => file).sort()).toEqual(['.editorconfig', 'README.md', 'nx.json', 'package.json']);
  });

  it('refuses package.json in a workspace of long standing', () => {
    const there: Repository = new Map([
      ['package.json', '{"name": "acme", "scripts": {}}'],
      ['.gitignore', 'node_modules\n'],
    ]);
    expect(refusalOf(() => plan({ name: 'x' }, there)).problems.map(({ file }) => file)).toEqual(['package.json']);
  });
});

describe('the README of a new repository', () => {
  const commandsOf = (options: Readonly<Record<string, unknown>>): readonly string[] =>
    [...textAt(made(options), 'README.md').matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').trim().split('\n'));

  it.each([
    ['npm@11.0.0', 'npm install', 'npx nx sync:check'],
    ['pnpm@10.33.0', 'pnpm install', 'pnpm exec nx sync:check'],
    ['yarn@1.22.22', 'yarn install', 'yarn nx sync:check'],
    ['yarn@4.18.1', 'yarn install', 'yarn nx sync:check'],
  ])('has the words of %s, as what is said of its first steps', (packageManager, install, sync) => {
    expect(commandsOf({ name: 'my-platform', packageManager }).slice(0, 2)).toEqual([install, sync]);
    const said = typedTo(newRepositorySettings({ name: 'my-platform', packageManager }));
    expect([said.install, `${said.run} nx sync:check`]).toEqual([install, sync]);
  });

  it('promotes through every environment, and applies the roots of each', () => {
    const commands = commandsOf({ name: 'x', environments: ['test', 'qa', 'live'] });
    expect(commands.filter((line) => /promote/.test(line))).toEqual([
      'npx millrace promote order-processor --to qa',
      'git merge --ff-only promote/order-processor-1.0.0-to-qa',
      'npx millrace promote order-processor --to live',
      'git merge --ff-only promote/order-processor-1.0.0-to-live',
    ]);
    expect(commands.filter((line) => line.startsWith('kubectl'))).toEqual(
      ['test', 'qa', 'live'].map((name) => `kubectl --context ${name} apply --server-side -k environments/${name}/argocd`),
    );
  });

  it('promotes nothing where there is one environment', () => {
    expect(commandsOf({ name: 'x', environments: ['prod'] }).join('\n')).not.toContain('promote');
  });

  it('quotes what a shell would read', () => {
    const repository = "https://git.acme.example/a';touch${IFS}b;'.git";
    expect(commandsOf({ name: 'x', repository })).toContain(`git remote add origin 'https://git.acme.example/a'\\'';touch\${IFS}b;'\\''.git'`);
  });
});

describe('what Renovate does in a new repository', () => {
  const configuration = z
    .object({
      $schema: z.string(),
      extends: z.array(z.string()),
      enabledManagers: z.array(z.string()),
      ignorePaths: z.array(z.string()),
      packageRules: z.array(
        z.strictObject({
          description: z.string(),
          groupName: z.string().optional(),
          enabled: z.boolean().optional(),
          pinDigests: z.boolean().optional(),
          matchManagers: z.array(z.string()).optional(),
          matchPackageNames: z.array(z.string()).optional(),
          matchUpdateTypes: z.array(z.string()).optional(),
        }),
      ),
    })
    .strict();
  const { enabledManagers, ignorePaths, packageRules } = configuration.parse(parseJson(textAt(made({ name: 'x' }), 'renovate.json')));

  it('is for packages, actions, and the images and libraries of jobs', () => {
    expect(enabledManagers).toEqual(['npm', 'github-actions', 'dockerfile', 'maven']);
    expect(packageRules.filter(({ pinDigests }) => pinDigests).map(({ matchManagers }) => matchManagers)).toEqual([['github-actions'], ['dockerfile']]);
  });

  it('leaves generated and frozen files alone, and no declared one', () => {
    const isIgnored = (path: string): boolean => ignorePaths.some((pattern) => matchesGlob(path, pattern));
    const generated = [
      'apps/order-processor/next/kafka/topic-orders.yaml',
      'apps/order-processor/releases/1.0.0/release.yaml',
      'environments/prod/kafka/kafka.yaml',
    ];
    for (const path of generated) expect(isIgnored(path), path).toBe(true);
    for (const path of ['package.json', '.github/workflows/ci.yml', 'apps/order-processor/job/pom.xml', 'apps/order-processor/job/Dockerfile'])
      expect(isIgnored(path), path).toBe(false);
  });

  it("leaves Flink's minor to whoever declares it", () => {
    expect(packageRules.filter(({ enabled }) => enabled === false)).toMatchObject([
      { matchPackageNames: ['flink', 'org.apache.flink:**'], matchUpdateTypes: ['major', 'minor'] },
    ]);
  });

  it('takes all packages of Millrace, and all of Nx, in one change', () => {
    const groups = new Map(packageRules.map(({ groupName, matchPackageNames }) => [groupName, matchPackageNames]));
    expect(groups.get('Millrace')).toEqual(['millrace', '@millrace/**']);
    expect(groups.get('Nx')).toEqual(['nx', '@nx/**']);
  });
});

describe('the workflow of a new repository', () => {
  const step = z.looseObject({
    name: z.string().optional(),
    if: z.string().optional(),
    uses: z.string().optional(),
    run: z.string().optional(),
    with: z.record(z.string(), z.unknown()).optional(),
  });
  const workflow = z.looseObject({
    on: z.looseObject({ push: z.object({ branches: z.array(z.string()) }) }),
    permissions: z.record(z.string(), z.string()),
    jobs: z.record(z.string(), z.looseObject({ permissions: z.record(z.string(), z.string()).optional(), steps: z.array(step) })),
  });
  const workflowOf = (options: Readonly<Record<string, unknown>>) => workflow.parse(parse(textAt(made(options), '.github/workflows/ci.yml')));
  const stepsOf = (options: Readonly<Record<string, unknown>>) => Object.values(workflowOf(options).jobs).flatMap(({ steps }) => steps);

  it('may read, and comment in one job only, which runs nothing of the change', () => {
    const { permissions, jobs } = workflowOf({ name: 'x' });
    expect(permissions).toEqual({ contents: 'read' });
    expect(Object.entries(jobs).map(([name, job]) => [name, job.permissions])).toEqual([
      ['check', undefined],
      ['differences', undefined],
      ['comment', { 'pull-requests': 'write' }],
    ]);
    // No code of the pull request runs where the token may write.
    expect(jobs['comment']?.steps.map(({ uses, run }) => uses?.split('@')[0] ?? run?.match(/^ *(?:npx|npm|pnpm|yarn|node) /m))).toEqual([
      'actions/download-artifact',
      null,
    ]);
  });

  it('pins actions by commit, with the whole history and no credentials left in the checkout', () => {
    for (const { uses, with: inputs } of stepsOf({ name: 'x' })) {
      if (uses === undefined) continue;
      expect(uses).toMatch(/@[0-9a-f]{40}$/);
      if (uses.startsWith('actions/checkout@')) expect(inputs).toEqual({ 'fetch-depth': 0, 'persist-credentials': false });
    }
  });

  it.each([
    ['makes a comment where there is none', '', ['repos/acme/x/issues/7/comments']],
    ['changes the one that is there', '42', ['--method', 'PATCH', 'repos/acme/x/issues/comments/42']],
  ])('%s', (_what, found, expected) => {
    const bin = mkdtempSync(join(tmpdir(), 'millrace-test-'));
    try {
      writeFileSync(join(bin, 'gh'), `#!/bin/sh\ncase "$*" in *--paginate*) echo "${found}" ;; *) echo "$*" >>"${bin}/asked" ;; esac\n`, { mode: 0o755 });
      const script = stepsOf({ name: 'x' }).at(-1)?.run ?? '';
      const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, GITHUB_REPOSITORY: 'acme/x', NUMBER: '7', COMMIT: 'c0ffee' };
      writeFileSync(join(bin, 'differences.md'), 'Nothing.\n');
      execFileSync('bash', ['-eo', 'pipefail', '-c', script], { env, cwd: bin });
      expect(readFileSync(join(bin, 'differences.md'), 'utf8')).toBe('Nothing.\n\nOf c0ffee.\n');
      expect(readFileSync(join(bin, 'asked'), 'utf8').trim().split(' ')).toEqual(['api', '--silent', ...expected, '--field', 'body=@differences.md']);
    } finally {
      rmSync(bin, { recursive: true });
    }
  });

  /** What a step runs, each as the words that the program got, where every program succeeds but that with `failing` among its words. */
  function ran(title: string, failing = 'nothing'): { readonly commands: readonly string[]; readonly ok: boolean } {
    const bin = mkdtempSync(join(tmpdir(), 'millrace-test-'));
    try {
      writeFileSync(join(bin, 'npx'), `#!/bin/sh\necho "$*" >>"${bin}/asked"\ncase " $* " in *" ${failing} "*) exit 1 ;; esac\n`, { mode: 0o755 });
      const script = stepsOf({ name: 'x' }).find(({ name }) => name === title)?.run ?? '';
      const { status } = spawnSync('bash', ['-e', '-c', script], { env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, BASE: 'origin/main' } });
      return { commands: readFileSync(join(bin, 'asked'), 'utf8').trim().split('\n'), ok: status === 0 };
    } finally {
      rmSync(bin, { recursive: true });
    }
  }

  it.each([
    ['Generated files are what is declared', undefined, ['nx sync:check']],
    [
      'Render and check what the change reaches',
      "github.event_name != 'push'",
      ['nx affected -t render --base origin/main', 'nx affected -t check --base origin/main --format github'],
    ],
    ['Render and check everything', "github.event_name == 'push'", ['nx run-many -t render', 'nx run-many -t check --format github']],
    ['What the change would do to the clusters', undefined, ['millrace diff --base origin/main --format markdown --output dist/differences.md']],
  ])('runs, and fails with what it runs: %s', (title, when, commands) => {
    expect(stepsOf({ name: 'x' }).find(({ name }) => name === title)?.if).toBe(when);
    expect(ran(title)).toEqual({ commands, ok: true });
    for (const command of commands) expect(ran(title, command).ok, command).toBe(false);
  });

  it('puts nothing that others choose into a script', () => {
    for (const { run } of stepsOf({ name: 'x' })) expect(run ?? '').not.toContain('${{');
  });

  it.each(['main', 'on', '1e3', 'release/2026', '0755'])('runs for the branch %s, whatever YAML would take it for', (branch) => {
    expect(workflowOf({ name: 'x', branch }).on.push.branches).toEqual([branch]);
  });

  it.each([
    ['npm@11.0.0', 'npm ci', false],
    ['pnpm@10.33.0', 'pnpm install --frozen-lockfile', true],
    ['yarn@1.22.22', 'yarn install --frozen-lockfile', true],
    ['yarn@4.18.1', 'yarn install --immutable', true],
  ])('installs what the lock file says, with %s', (packageManager, install, corepack) => {
    const scripts = stepsOf({ name: 'x', packageManager }).map(({ run }) => run);
    expect(scripts.filter((run) => run === install)).toHaveLength(2);
    expect(scripts.includes('corepack enable')).toBe(corepack);
  });
});
