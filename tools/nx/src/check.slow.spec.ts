import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { promote } from '@millrace/promotion';
import { EXAMPLE, repository } from '@millrace/workspace/testing';
import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { describe, expect, it } from 'vitest';

import { checkBatch } from './check.js';

const example = repository([...EXAMPLE, [promote, { pipeline: 'order-processor', to: 'staging' }], [promote, { pipeline: 'order-processor', to: 'prod' }]]);
const PROJECTS = [
  'apps/order-processor',
  'environments',
  'environments/dev',
  'environments/prod',
  'environments/dev/kafka',
  'environments/prod/kafka',
  'environments/prod/pipelines/order-processor/kafka',
];

/** Runs the batch over some projects of a repository: the success of each, and what it says. */
async function ended(files: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, { readonly success: boolean; readonly terminalOutput: string }>> {
  const root = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const tasks = Object.fromEntries(
      PROJECTS.map((projectRoot) => [
        `${projectRoot}:check`,
        {
          id: `${projectRoot}:check`,
          target: { project: projectRoot, target: 'check' },
          projectRoot,
          overrides: {},
          outputs: [],
          cache: true,
          parallelism: true,
        },
      ]),
    );
    const graph: TaskGraph = { roots: Object.keys(tasks), tasks, dependencies: {}, continuousDependencies: {} };
    const context: ExecutorContext = {
      root,
      cwd: root,
      isVerbose: false,
      projectsConfigurations: { version: 2, projects: {} },
      nxJsonConfiguration: {},
      projectGraph: { nodes: {}, dependencies: {} },
    };
    const results = new Map<string, { readonly success: boolean; readonly terminalOutput: string }>();
    for await (const { task, result } of checkBatch(graph, {}, {}, context)) results.set(task.replace(':check', ''), result);
    return results;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const failed = (results: Awaited<ReturnType<typeof ended>>): readonly string[] =>
  [...results].filter(([, { success }]) => !success).map(([project]) => project);

describe('the executor check', () => {
  it('gives each project its own answer, and all succeed where nothing is wrong', async () => {
    const results = await ended(example);
    expect([...results.keys()].sort()).toEqual([...PROJECTS].sort());
    expect(failed(results)).toEqual([]);
  });

  it('fails the overlay in which a patch is wrong, and no other', async () => {
    const overlay = 'environments/prod/pipelines/order-processor/kafka';
    const patch = 'apiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata: {name: orders}\nspec: {replicationFactor: 3}\n';
    const kustomization = `${example.get(`${overlay}/kustomization.yaml`) ?? ''}  - path: patches/broken.yaml\n`;
    const results = await ended(new Map([...example, [`${overlay}/patches/broken.yaml`, patch], [`${overlay}/kustomization.yaml`, kustomization]]));
    // The environment says that the overlay's kustomization is not what it would write: nobody ran sync.
    expect(failed(results)).toEqual(['environments/prod/pipelines/order-processor/kafka', 'environments/prod']);
    expect(results.get(overlay)?.terminalOutput).toContain('patches/broken.yaml:4:8');
    expect(results.get('environments/prod')?.terminalOutput).not.toContain('replicationFactor');
  });

  it('fails the environment in which a reference leads nowhere', async () => {
    const file = 'environments/prod/credentials/namespace.flink.yaml';
    const results = await ended(new Map([...example, [file, (example.get(file) ?? '').replaceAll('name: namespace.flink', 'name: other')]]));
    expect(failed(results)).toEqual(['environments/prod']);
  });

  it('fails all environments together, and none by itself, where one takes the place of another', async () => {
    const overlay = 'environments/prod/pipelines/order-processor/flink';
    const file = `${overlay}/job-order-processor.yaml`;
    const results = await ended(new Map([...example, [file, (example.get(file) ?? '').replaceAll('s3://my-bucket/prod/', 's3://my-bucket/staging/')]]));
    expect(results.get('environments')?.terminalOutput).toContain('references/job-storage');
    expect(results.get('environments/prod')?.terminalOutput).not.toContain('references/job-storage');
    expect(failed(results)).toContain('environments');
  });

  it('fails everything where a declared file cannot be read: nothing can be made of it', async () => {
    const results = await ended(new Map([...example, ['millrace.yaml', 'repository: {}\n']]));
    expect(failed(results)).toEqual(expect.arrayContaining(['apps/order-processor', 'environments/dev', 'environments/prod']));
  });
});
