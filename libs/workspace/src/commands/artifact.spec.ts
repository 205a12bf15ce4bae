import { describe, expect, it } from 'vitest';

import { refusalOf, textAt } from '../repository.fixture.js';
import { after, EXAMPLE, repository } from '../testing.js';

const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const DIGEST = 'a'.repeat(64);
const JAR = { jarUri: 'https://artifacts.acme.example/order-processor-2.0.0.jar', jarSha256: DIGEST };
const pipeline = 'order-processor';

/** A job beside the one that has a build. */
const two = repository([...EXAMPLE, ['flink-job', { name: 'auditor', pipeline, user: 'flink-app', reads: ['orders'] }]]);
const imageOf = (name: string) => ({ pipeline, image: `ghcr.io/acme/${name}@sha256:${DIGEST}` });
const declaration = (files: ReadonlyMap<string, string>) => textAt(files, 'apps/order-processor/pipeline.yaml');

describe('artifact without --jobs', () => {
  it('is of every job where they run one build, also of one that has none yet', () => {
    const built = after(two, 'artifact', { ...imageOf('order-processor'), ...JAR });
    expect(declaration(built).split(`image: ghcr.io/acme/order-processor@sha256:${DIGEST}`)).toHaveLength(3);
    expect(declaration(built).split(JAR.jarUri)).toHaveLength(3);
  });

  it('refuses an image of another name than one of several jobs runs', () => {
    expect(refusalOf(() => after(two, 'artifact', imageOf('auditor')))).toMatchObject({
      kind: 'refused',
      problems: [
        {
          message: matching(/not one build that they run: ghcr\.io\/acme\/order-processor, ghcr\.io\/acme\/auditor$/),
          remedy: 'Say whose it is: --jobs <job>; that of all: --jobs order-processor,auditor',
        },
      ],
    });
    const own = after(two, 'artifact', { ...imageOf('auditor'), jobs: ['auditor'] });
    expect(refusalOf(() => after(own, 'artifact', imageOf('order-processor'))).kind).toBe('refused');
    expect(declaration(after(own, 'artifact', { ...imageOf('order-processor'), jobs: ['order-processor', 'auditor'] }))).not.toContain('acme/auditor');
  });

  it('refuses one jar for jobs that run different ones', () => {
    const own = after(two, 'artifact', { pipeline, jobs: ['auditor'], jarUri: 'https://artifacts.acme.example/auditor-1.0.0.jar', jarSha256: DIGEST });
    expect(refusalOf(() => after(own, 'artifact', { pipeline, ...JAR }))).toMatchObject({ kind: 'refused' });
  });

  it('takes an image of another name for the only job', () => {
    expect(declaration(after(repository(EXAMPLE), 'artifact', imageOf('renamed')))).toContain('acme/renamed@');
  });
});
