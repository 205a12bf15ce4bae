import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { EXAMPLE, repository, type Repository } from '@millrace/workspace/testing';
import { describe, expect, it, vi } from 'vitest';

import { main } from './main.js';

const example = repository(EXAMPLE);
const KAFKA = 'environments/dev/kafka/kafka.yaml';

function folderWith(files: Repository) {
  const root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

async function millrace(folder: string, ...argv: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => out.push(String(chunk)) > 0),
    vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => err.push(String(chunk)) > 0),
  ];
  try {
    return { code: await main(['-C', folder, ...argv]), out: out.join(''), err: err.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

describe('a command in a folder of a repository', () => {
  it('is a command in the repository', async () => {
    using folder = folderWith(example);
    const below = join(folder.root, 'environments/dev');
    expect(await millrace(below, 'sync', '--check')).toMatchObject({ code: 0, out: 'Everything is in sync.\n' });
    expect((await millrace(below, 'topic', 'returns', '--pipeline', 'order-processor')).code).toBe(0);
    expect(existsSync(join(folder.root, 'apps/order-processor/next/kafka/topic-returns.yaml'))).toBe(true);
  });

  it('takes paths as they are typed there, and from the root', async () => {
    using folder = folderWith(example);
    const { root } = folder;
    const whole = await millrace(root, 'render', 'environments/dev/kafka');
    for (const [from, typed] of [
      ['environments/dev', 'kafka'],
      ['environments/dev', './kafka/'],
      ['environments/prod', '../dev/kafka'],
      ['apps', 'environments/dev/kafka'],
      ['.', './environments/dev/kafka'],
    ] as const) {
      expect(await millrace(join(root, from), 'render', typed), `${typed} in ${from}`).toEqual(whole);
    }
    expect((await millrace(join(root, 'apps'), 'render', 'dev')).code).toBe(0);
  });

  it.each([
    ['.', `./${KAFKA}`],
    ['environments/dev', 'kafka/kafka.yaml'],
    ['environments/dev/kafka', '../kafka/kafka.yaml'],
  ])('drops the edits of a file that is named from there: in %s, %s', async (from, path) => {
    using folder = folderWith(new Map([...example, [KAFKA, `${example.get(KAFKA) ?? ''}# mine\n`]]));
    expect(await millrace(join(folder.root, from), 'sync', '--discard', path)).toMatchObject({ code: 0, err: '' });
    expect(readFileSync(join(folder.root, KAFKA), 'utf8')).toBe(example.get(KAFKA));
  });

  it('reads definitions from a file that is named from there', async () => {
    const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: quotas.acme.example}
spec: {group: acme.example, names: {kind: Quota}, versions: []}
`;
    using folder = folderWith(new Map([...example, ['operators/acme/crds.yaml', definition]]));
    const add = (from: string, path: string) => millrace(join(folder.root, from), 'schemas', 'add', path, '--dry-run');
    for (const [from, path] of [
      ['operators', 'acme/crds.yaml'],
      ['apps', '../operators/acme/crds.yaml'],
    ] as const) {
      expect(await add(from, path), `${path} in ${from}`).toMatchObject({ code: 0, out: expect.stringContaining('A schemas/quotas.acme.example.yaml') });
    }
    expect((await add('apps', 'crds.yaml')).err).toContain(`Name a file, from ${join(folder.root, 'apps')}.`);
  });

  it('writes what it renders below a folder that is named from there, and over what it rendered before', async () => {
    using folder = folderWith(example);
    const below = join(folder.root, 'tools');
    const render = () => millrace(below, 'render', 'environments/dev/kafka', '--output', 'out');
    expect((await render()).code).toBe(0);
    const file = join(below, 'out/environments/dev/kafka.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, 'stale\n');
    expect(await render()).toMatchObject({ code: 0, out: 'environments/dev/kafka  2 resources\n1 overlay rendered to out.\n' });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

describe('init in a folder of a git repository', () => {
  const repositoryUrl = ['--repository', 'https://git.acme.example/a.git'];
  function gitRepository() {
    const folder = folderWith(new Map([['platform/streaming/README.md', 'hello\n']]));
    execFileSync('git', ['init', '--quiet'], { cwd: folder.root });
    return folder;
  }

  it('declares which one, and says so', async () => {
    using folder = gitRepository();
    const below = join(folder.root, 'platform/streaming');
    const { code, err } = await millrace(below, 'init', ...repositoryUrl);
    expect(code).toBe(0);
    expect(readFileSync(join(below, 'millrace.yaml'), 'utf8')).toContain('path: platform/streaming\n');
    expect(err).toContain('note millrace.yaml: this is the folder platform/streaming of its git repository, so repository.path says that\n');
    expect(await millrace(below, 'init', ...repositoryUrl)).toEqual({ code: 0, out: 'Nothing to change.\n', err: '' });
  });

  it('takes the folder that somebody names, and none at the root', async () => {
    using folder = gitRepository();
    const below = join(folder.root, 'platform/streaming');
    expect((await millrace(below, 'init', ...repositoryUrl, '--path', 'elsewhere')).code).toBe(0);
    expect(readFileSync(join(below, 'millrace.yaml'), 'utf8')).toContain('path: elsewhere\n');
    expect((await millrace(folder.root, 'init', ...repositoryUrl)).code).toBe(0);
    expect(readFileSync(join(folder.root, 'millrace.yaml'), 'utf8')).not.toContain('path:');
  });
});

describe('a list', () => {
  it.each([
    ['pipeline', ['--team', 'orders', '--topics', 'a,b', 'second'], 'apps/second/pipeline.yaml'],
    ['pipeline', ['second', '--team', 'orders', '--topics', 'a', '--topics', 'b'], 'apps/second/pipeline.yaml'],
  ])('is one word with commas or a repeated flag, so that a name may stand behind it: %s %j', async (name, argv, path) => {
    using folder = folderWith(example);
    expect(await millrace(folder.root, name, ...argv)).toMatchObject({ code: 0, err: '' });
    expect(readFileSync(join(folder.root, path), 'utf8')).toMatch(/topics:\n {2}a:[^]*\n {2}b:/);
  });
});
