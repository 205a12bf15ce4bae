import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { engineVersion } from '@millrace/kustomize';
import { pipelineFile, placementFile } from '@millrace/model';
import { execa } from 'execa';

import { findKubeconform, writeKubeconformSchemas } from './kubeconform.js';
import { writeLargeRepository } from './large-repository.js';
import { measure, type Measurement } from './measure.js';

const SOURCE = fileURLToPath(new URL('../../..', import.meta.url));
const MILLRACE = join(SOURCE, 'tools/cli/bin/millrace.js');

interface Row {
  readonly what: string;
  readonly measured: Measurement;
  readonly note: string;
}

/** Measures a large repository and prints the table. `--pipelines N` (1000), `--sample N` overlays for a loop of processes (200), `--keep`. */
export async function bench(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: { pipelines: { type: 'string', default: '1000' }, sample: { type: 'string', default: '200' }, keep: { type: 'boolean', default: false } },
  });
  const [pipelines, sample] = [Number(values.pipelines), Number(values.sample)];
  const root = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  const rows: Row[] = [];
  const add = (what: string, measured: Measurement, note = ''): Measurement => {
    rows.push({ what, measured, note });
    process.stderr.write(`${line({ what, measured, note })}\n`);
    return measured;
  };
  const millrace = (...args: readonly string[]) => measure(root, process.execPath, [MILLRACE, ...args]);
  try {
    process.stderr.write(`${String(pipelines)} pipelines in three environments, in ${root}\n`);
    writeLargeRepository(root, pipelines, join(SOURCE, 'node_modules'));
    add('make all files (sync)', await millrace('sync'));
    add('sync --check', await millrace('sync', '--check'));

    const overlays = (await execa('find', ['environments', '-name', 'kustomization.yaml', '-printf', '%h\n'], { cwd: root })).stdout.split('\n').sort();
    const embedded = add('render all overlays, embedded', await millrace('render', '--output', join(root, 'dist/cli')), `${String(overlays.length)} overlays`);
    const chosen = overlays.filter((_, index) => index % Math.max(1, Math.floor(overlays.length / sample)) === 0);
    for (const [engine, command] of [
      ['kubectl', 'kubectl kustomize'],
      ['kustomize', 'kustomize build'],
    ] as const) {
      const version = await engineVersion(engine);
      if (version === undefined) {
        process.stderr.write(`${command}: not installed, left out\n`);
        continue;
      }
      const loop = await measure(root, 'sh', ['-c', `for overlay; do ${command} "$overlay" > /dev/null || exit 1; done`, 'loop', ...chosen]);
      const all = scaled(loop, overlays.length / chosen.length);
      const ratio = all.cpu === undefined || embedded.cpu === undefined ? '' : `, ${(all.cpu / embedded.cpu).toFixed(1)} x the CPU of embedded`;
      add(`loop of ${command}`, all, `kustomize ${version}; measured on ${String(chosen.length)} overlays and scaled${ratio}`);
    }
    await benchCheck(root, overlays, chosen, add);
    await benchNx(root, add);
    process.stdout.write(`${table(rows)}\n`);
  } finally {
    await execa(join(SOURCE, 'node_modules/.bin/nx'), ['daemon', '--stop'], { cwd: root, reject: false });
    if (!values.keep) rmSync(root, { recursive: true, force: true });
  }
}

/** The check, beside what people do today: kustomize and a schema validator, a process each for every overlay. */
async function benchCheck(
  root: string,
  overlays: readonly string[],
  chosen: readonly string[],
  add: (what: string, measured: Measurement, note?: string) => Measurement,
): Promise<void> {
  const check = (...args: readonly string[]) => measure(root, process.execPath, [MILLRACE, 'check', ...args]);
  // The loop's part: the overlays alone. Credentials and Applications, which are plain files, the loop never sees.
  rmSync(join(root, 'node_modules/.cache/millrace'), { recursive: true, force: true });
  const cold = add('check environments, cold', await check('environments'), 'overlays, plain files, references, generated files');
  add('check environments, nothing changed', await check('environments'));
  const file = join(root, placementFile('prod', 'pipeline-00000'));
  writeFileSync(file, readFileSync(file, 'utf8').replace('parallelism: 20', 'parallelism: 10'));
  await measure(root, process.execPath, [MILLRACE, 'sync']);
  add('check environments after one change', await check('environments'));
  const single = join(root, 'environments/prod/credentials/namespace.flink.yaml');
  add('check one small file', await check(single));

  const kubeconform = await findKubeconform();
  const kustomize =
    (await engineVersion('kustomize')) === undefined ? ((await engineVersion('kubectl')) === undefined ? undefined : 'kubectl kustomize') : 'kustomize build';
  if (kubeconform === undefined || kustomize === undefined) {
    process.stderr.write('kubeconform or kustomize: not installed, left out\n');
    return;
  }
  const schemas = writeKubeconformSchemas(join(root, 'dist/kubeconform'));
  const script = `for overlay; do ${kustomize} "$overlay" | ${kubeconform} -ignore-missing-schemas -schema-location '${schemas}' > /dev/null || exit 1; done`;
  const loop = await measure(root, 'sh', ['-c', script, 'loop', ...chosen]);
  const all = scaled(loop, overlays.length / chosen.length);
  const ratio = all.cpu === undefined || cold.cpu === undefined ? '' : `, ${(all.cpu / cold.cpu).toFixed(1)} x the CPU of check, cold`;
  add(`loop of ${kustomize} and kubeconform`, all, `measured on ${String(chosen.length)} overlays and scaled${ratio}`);
}

/** Nx's side: everything once, then what one change of a pipeline and one of its overlay reach, with the daemon that a developer has. */
async function benchNx(root: string, add: (what: string, measured: Measurement, note?: string) => Measurement): Promise<void> {
  const nx = (...args: readonly string[]) =>
    measure(root, join(SOURCE, 'node_modules/.bin/nx'), args, { NX_DAEMON: 'true', CI: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' });
  const git = (...args: readonly string[]) => execa('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@millrace.invalid', ...args], { cwd: root });
  await git('init', '--quiet', '--initial-branch', 'main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'bench');
  add('nx run-many -t render, cold', await nx('run-many', '-t', 'render', '--outputStyle=static'));
  rmSync(join(root, 'node_modules/.cache/millrace'), { recursive: true, force: true });
  add('nx run-many -t check, cold', await nx('run-many', '-t', 'check', '--outputStyle=static'));
  const edit = (file: string, before: string, after: string): void => {
    writeFileSync(join(root, file), readFileSync(join(root, file), 'utf8').replace(before, after));
  };
  const sync = () => measure(root, process.execPath, [MILLRACE, 'sync']);
  const reached = async (target: string): Promise<readonly string[]> =>
    (await nx('show', 'projects', '--affected', '--withTarget', target)).output.split('\n').filter((name) => name !== '');

  edit(pipelineFile('pipeline-00000'), '604800000', '86400000');
  add('sync after one change', await sync());
  const overlays = await reached('render');
  add('nx affected -t render after one change', await nx('affected', '-t', 'render', '--outputStyle=static'), `daemon running; ${overlays.join(', ')}`);
  const checked = await reached('check');
  add('nx affected -t check after one change', await nx('affected', '-t', 'check', '--outputStyle=static'), checked.join(', '));

  await git('commit', '--quiet', '--all', '--message', 'One change');
  edit(placementFile('prod', 'pipeline-00001'), 'parallelism: 20', 'parallelism: 10');
  await sync();
  const inProd = await reached('check');
  add('nx affected -t check after one in prod', await nx('affected', '-t', 'check', '--outputStyle=static'), inProd.join(', '));
}

function scaled(measured: Measurement, factor: number): Measurement {
  return { ...measured, wall: measured.wall * factor, cpu: measured.cpu === undefined ? undefined : measured.cpu * factor };
}

const seconds = (value: number | undefined): string => (value === undefined ? '-' : value >= 100 ? value.toFixed(0) : value.toFixed(1));

function line({ what, measured, note }: Row): string {
  return `| ${what} | ${seconds(measured.wall)} | ${seconds(measured.cpu)} | ${measured.memory === undefined ? '-' : measured.memory.toFixed(0)} | ${note} |`;
}

function table(rows: readonly Row[]): string {
  return ['| what | wall s | CPU s | peak MiB | |', '|---|---:|---:|---:|---|', ...rows.map(line)].join('\n');
}
