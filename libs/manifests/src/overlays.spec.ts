import { describe, expect, it } from 'vitest';

import { jobProject } from './job-project.js';
import { list, nameOf, record, Repository } from './repository.fixture.js';
import { at, EVERYTHING, EXAMPLE, isRecord } from './workspace.fixture.js';

/** What an overlay may do to a base, and what belongs to one start of a job alone. */

const EXAMPLES = [new Repository(EXAMPLE), new Repository(EVERYTHING)] as const;
const [, everything] = EXAMPLES;
const kustomizations = EXAMPLES.flatMap((repository) => repository.all('Kustomization')).map(record);

describe('a kustomization', () => {
  it('R72: puts nothing before or after names', () => {
    expect(kustomizations.length).toBeGreaterThan(30);
    expect(kustomizations.filter((body) => 'namePrefix' in body || 'nameSuffix' in body)).toEqual([]);
  });

  it('R73: leaves images, replicas and hashed names to the resources themselves', () => {
    const fields = new Set(kustomizations.flatMap((body) => Object.keys(body)));
    expect([...fields].sort()).toEqual(['apiVersion', 'kind', 'labels', 'namespace', 'patches', 'resources']);
  });
});

/** Every list in a value, by its path. */
function* listsIn(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (Array.isArray(value)) yield path;
  else if (isRecord(value)) for (const [key, inner] of Object.entries(value)) yield* listsIn(inner, [...path, key]);
}

describe('a generated patch', () => {
  it('R74: has a list only where its base has none, but for arguments, which it gives as a whole', () => {
    const patched: string[] = [];
    for (const repository of EXAMPLES) {
      const bases = repository.resources.filter(({ path }) => path.startsWith('apps/'));
      const patches = repository.resources.filter(
        ({ path, kind }) => /^environments\/[^/]+\/pipelines\//.test(path) && !['Kustomization', 'ExternalSecret'].includes(kind),
      );
      expect(patches.length).toBeGreaterThan(5);
      for (const { path, kind, body } of patches) {
        for (const base of bases.filter((one) => one.kind === kind && nameOf(one.body) === nameOf(body))) {
          const both = [...listsIn(body)].filter((place) => at(base.body, ...place) !== undefined).map((place) => place.join('.'));
          expect(
            both.filter((place) => place !== 'spec.job.args'),
            path,
          ).toEqual([]);
          patched.push(path);
        }
      }
    }
    expect(patched.length).toBeGreaterThan(10);
  });
});

describe('the start of a job', () => {
  it('R33: from a savepoint stands in the overlay of its placement, and in no base', () => {
    const paths = EXAMPLES.flatMap(({ resources }) =>
      resources.flatMap(({ path, body }) => (at(body, 'spec', 'job', 'initialSavepointPath') === undefined ? [] : [path])),
    );
    expect(paths.length).toBeGreaterThan(1);
    expect(paths.filter((path) => !/^environments\/[^/]+\/pipelines\/payments\/flink\/job-payments\.yaml$/.test(path))).toEqual([]);
  });

  it('R33: is never told by a setting, which the operator would overwrite', () => {
    const settings = EXAMPLES.flatMap(({ resources }) => resources.flatMap(({ body }) => Object.keys(record(at(body, 'spec', 'flinkConfiguration')))));
    expect(settings).toContain('pipeline.max-parallelism');
    expect(settings.filter((key) => ['execution.savepoint.path', 'execution.state-recovery.path'].includes(key))).toEqual([]);
  });

  it('R56: like its state and its restarts, is a line in git that nothing else may change', () => {
    const applications = EXAMPLES.flatMap((repository) => repository.all('Application'));
    const ignoring = applications.filter((body) => at(body, 'spec', 'ignoreDifferences') !== undefined);
    // The API server drops an empty mapping of a definition of Strimzi (R21): that, and nothing of what runs.
    for (const body of ignoring) {
      for (const ignored of list(at(body, 'spec', 'ignoreDifferences'))) {
        expect(at(ignored, 'kind'), String(nameOf(body))).toBe('CustomResourceDefinition');
        expect(list(at(ignored, 'jsonPointers')).filter((pointer) => ['/spec', '/metadata/annotations', ''].includes(String(pointer)))).toEqual([]);
      }
    }
    const job = everything.one('FlinkDeployment', 'environments/staging/pipelines/payments/flink/', 'payments');
    expect([at(job, 'spec', 'job', 'state'), at(job, 'spec', 'restartNonce'), at(job, 'spec', 'job', 'savepointRedeployNonce')]).toEqual(['suspended', 3, 1]);
  });
});

describe('the state of a job', () => {
  it('R83: is found by uids: a job without them does not start', () => {
    const bases = EXAMPLES.flatMap(({ resources }) =>
      resources.filter(({ path, kind }) => path.startsWith('apps/') && ['FlinkDeployment', 'FlinkSessionJob'].includes(kind)),
    );
    expect(bases.length).toBeGreaterThan(4);
    for (const { body, path } of bases) expect(at(body, 'spec', 'flinkConfiguration', 'pipeline.auto-generate-uids'), path).toBe('false');
  });

  it('R83: of a generated job has a uid at every source, sink and function with state', () => {
    const project = jobProject({
      pipeline: 'orders',
      job: 'totals',
      flinkVersion: 'v2_2',
      package: 'com.acme',
      input: 'orders',
      output: 'totals',
      storages: ['s3://my-bucket'],
    });
    const sources = [...project].filter(([path]) => path.startsWith('src/main/')).map(([, text]) => text);
    const java = sources.join('\n');
    expect(java.match(/\.(?:fromSource|sinkTo|process|map|flatMap)\(/g)?.length).toBeGreaterThan(2);
    expect(java).toMatch(/fromSource\([^;]*?\.uid\(uid\)/);
    expect(java).toMatch(/sinkTo\([^;]*?\.uid\(uid\)/);
    expect(java).toMatch(/\.process\([^;]*?\.uid\("/);
  });
});
