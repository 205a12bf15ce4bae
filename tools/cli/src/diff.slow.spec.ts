import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { fileURLToPath } from 'node:url';

import { after, EXAMPLE, repository, type Repository } from '@millrace/workspace/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../bin/millrace.js', import.meta.url));
const IDENTITY = ['-c', 'user.name=Ada', '-c', 'user.email=ada@acme.example', '-c', 'commit.gpgsign=false'];
const example = repository(EXAMPLE);
let root = '';

const git = (...args: readonly string[]): string =>
  execFileSync('git', [...IDENTITY, ...args], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const diff = (...argv: readonly string[]) => spawnSync(process.execPath, [PROGRAM, 'diff', ...argv], { cwd: root, encoding: 'utf8' });
function write(files: Repository): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  git('init', '--quiet', '-b', 'main');
  write(example);
  git('add', '--all');
  git('commit', '--quiet', '-m', 'the example');
  write(after(example, 'topic', { name: 'orders', pipeline: 'order-processor', config: ['retention.ms=86400000'] }));
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('diff', () => {
  it('tells what the files as they are would change, resource by resource', () => {
    const { status, stdout } = diff('--base', 'main');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^~ KafkaTopic\.kafka\.strimzi\.io kafka\/orders {2}environments\/dev\/pipelines\/order-processor\/kafka\n/);
    expect(stdout).toContain('    -    retention.ms: "604800000"\n    +    retention.ms: "86400000"\n');
    expect(stdout.endsWith('\ndev: 0 added, 1 changed, 0 removed\n')).toBe(true);
  });

  it('R12: says beside a topic that goes what goes with it', () => {
    rmSync(join(root, 'environments/dev/pipelines'), { recursive: true });
    const { stdout } = diff('--base', 'main');
    git('checkout', '--quiet', 'HEAD', '--', 'environments');
    expect(stdout).toContain(
      '\n- KafkaTopic.kafka.strimzi.io kafka/orders  environments/dev/pipelines/order-processor/kafka\n    deletes the topic orders with its data, 10 partitions, kept for 7 days\n',
    );
    expect(stdout).toMatch(/^dev: .* removed \(2 with data\)$/m);
  });

  it('compares two commits, whatever the work tree has', () => {
    expect(diff('--base', 'main', '--head', 'main')).toMatchObject({ status: 0, stdout: 'Nothing changes in any cluster.\n' });
  });

  it('writes a comment to a file, and nothing to standard output', () => {
    const { status, stdout } = diff('--base', 'main', '--format', 'markdown', '--output', 'dist/differences.md');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(readFileSync(join(root, 'dist/differences.md'), 'utf8')).toMatch(
      /^<!-- millrace diff -->\n[^]*- \*\*dev\*\*: 0 added, 1 changed, 0 removed\n[^]*<\/details>\n/,
    );
  });

  it('has colours where they are asked for, and none in a file or a log of CI', () => {
    const inColors = (env: NodeJS.ProcessEnv, ...argv: readonly string[]): string =>
      spawnSync(process.execPath, [PROGRAM, 'diff', '--base', 'main', ...argv], { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } }).stdout;
    const plain = inColors({ FORCE_COLOR: undefined, CI: 'true' });
    expect(stripVTControlCharacters(plain)).toBe(plain);
    const painted = inColors({ FORCE_COLOR: '1' });
    expect(painted).toContain('\u001b[33m~\u001b[39m');
    expect(stripVTControlCharacters(painted)).toBe(plain);
    inColors({ FORCE_COLOR: '1' }, '--output', 'dist/differences.txt');
    expect(readFileSync(join(root, 'dist/differences.txt'), 'utf8')).toBe(plain);
  });

  it('compares with the branch that Argo CD follows, as the remote has it, and says where git does not know it', () => {
    const { status, stderr } = diff();
    expect(status).toBe(2);
    expect(stderr).toContain('git knows no commit origin/main here');
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    expect(diff().stdout).toContain('dev: 0 added, 1 changed, 0 removed');
  });

  it.each([
    ['a limit that is too small', ['--limit', '10']],
    ['a format that there is not', ['--format', 'html']],
  ])('ends with 2 for %s', (_what, argv) => {
    expect(diff('--base', 'main', ...argv).status).toBe(2);
  });

  it('ends with 1 where an overlay does not render, and names it', () => {
    const path = 'environments/dev/kafka/kustomization.yaml';
    write(new Map([[path, 'resources: [nowhere.yaml]\n']]));
    const { status, stdout, stderr } = diff('--base', 'main');
    write(new Map([[path, example.get(path) ?? '']]));
    expect(status).toBe(1);
    expect(stdout).toContain('dev: 0 added, 1 changed, 0 removed');
    expect(stderr).toContain('environments/dev/kafka');
  });
});
