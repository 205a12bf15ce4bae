import { describe, expect, it, vi } from 'vitest';

import { isEmpty, summarize } from '../changes.js';
import { memoryFiles } from '../files/memory.js';
import { refusalOf, replaced, textAt, withFiles } from '../repository.fixture.js';
import { planCommand, planSync } from '../run-command.js';
import { after, EXAMPLE, repository, type Repository } from '../testing.js';
import { migrate } from './migrate.js';

vi.hoisted(() => {
  process.env['MILLRACE_PREVIEW_LAYOUT'] = new URL('../../../manifests/preview-layout/layout.cjs', import.meta.url).pathname;
});

const environmentFile = (name: string) => `environments/${name}/environment.yaml`;
/** The example as a Millrace before this one left it: everything in layout 1. */
const example: Repository = (() => {
  const newest = repository(EXAMPLE);
  const old = ['dev', 'staging', 'prod'].reduce((files, name) => replaced(files, environmentFile(name), 'layout: 2', 'layout: 1'), newest);
  const { changes } = planSync(memoryFiles(old));
  const gone = Object.fromEntries(changes.delete.map(({ path }) => [path, undefined]));
  return withFiles(old, { ...gone, ...Object.fromEntries([...changes.create, ...changes.update].map(({ path, text }) => [path, text])) });
})();
const moved = (files: Repository, ...environments: readonly (string | undefined)[]): Repository =>
  environments.reduce<Repository>((state, environment) => after(state, migrate, environment === undefined ? {} : { environment }), files);
const differing = (before: Repository, now: Repository): readonly string[] =>
  [...new Set([...before.keys(), ...now.keys()])].filter((path) => before.get(path) !== now.get(path)).sort();
const sync = (files: Repository) => planSync(memoryFiles(files));

describe('a new Millrace', () => {
  it('changes nothing by itself: what is in the layout before is made as it was', () => {
    expect(isEmpty(sync(example).changes)).toBe(true);
  });

  it('starts new repositories in the newest layout, and a new environment in that of the one it promotes from', () => {
    expect(textAt(repository(EXAMPLE), environmentFile('dev'))).toContain('layout: 2\n');
    const options = { name: 'qa', promotesFrom: 'dev', mode: 'session', storage: 's3://my-bucket/qa' };
    expect(textAt(after(example, 'environment', options), environmentFile('qa'))).toContain('layout: 1\n');
    expect(textAt(after(moved(example, 'dev'), 'environment', options), environmentFile('qa'))).toContain('layout: 2\n');
  });
});

describe('migrate', () => {
  const first = moved(example, undefined);

  it('moves the first environment and what follows next, and leaves all others byte for byte', () => {
    const paths = differing(example, first);
    expect(paths).toContain(environmentFile('dev'));
    expect(paths.filter((path) => !/^(?:environments\/dev|apps\/order-processor\/next)\//.test(path))).toEqual([]);
    expect(isEmpty(sync(first).changes)).toBe(true);
  });

  it('changes one value of environment.yaml, and neither comments nor the layout of the text', () => {
    const commented = replaced(example, environmentFile('dev'), 'layout: 1', 'layout:   1   # since the beginning');
    const text = textAt(moved(commented, 'dev'), environmentFile('dev'));
    expect(text).toBe(textAt(commented, environmentFile('dev')).replace('layout:   1', 'layout:   2'));
  });

  it('changes nothing the second time', () => {
    expect(isEmpty(planCommand(memoryFiles(first), migrate, {}).changes)).toBe(true);
    expect(isEmpty(planCommand(memoryFiles(first), migrate, { environment: 'dev' }).changes)).toBe(true);
    const all = moved(first, 'staging', 'prod');
    expect(isEmpty(planCommand(memoryFiles(all), migrate, { environment: 'prod' }).changes)).toBe(true);
  });

  it('does nothing where there is no environment yet', () => {
    expect(isEmpty(planCommand(memoryFiles(repository(EXAMPLE.slice(0, 2))), migrate, {}).changes)).toBe(true);
  });

  it('renames a generated file by making the new one and removing the old', () => {
    expect(summarize(planCommand(memoryFiles(example), migrate, {}).changes)).toEqual([
      'M apps/order-processor/next/application/job-order-processor.yaml',
      'M environments/dev/environment.yaml',
      'M environments/dev/flink/kustomization.yaml',
      'D environments/dev/pipelines/order-processor/flink/job-order-processor.yaml',
      'M environments/dev/pipelines/order-processor/flink/kustomization.yaml',
      'A environments/dev/pipelines/order-processor/flink/session-job-order-processor.yaml',
      'M environments/dev/pipelines/order-processor/kafka/user-flink-app.yaml',
    ]);
  });

  it('says that no job is redeployed where none is: a session runs none of the jobs that the layout changes', () => {
    expect(planCommand(memoryFiles(example), migrate, {}).stopped).toEqual([]);
    const text = textAt(example, environmentFile('dev'))
      .replace('mode: session', 'mode: application')
      .replace(/ {2}sessions:\n(?: {4}.*\n)+/, '');
    const application = sync(withFiles(example, { [environmentFile('dev')]: text })).changes;
    const files = withFiles(example, {
      [environmentFile('dev')]: text,
      ...Object.fromEntries(application.delete.map(({ path }) => [path, undefined])),
      ...Object.fromEntries([...application.create, ...application.update].map(({ path, text }) => [path, text])),
    });
    expect(planCommand(memoryFiles(files), migrate, {}).stopped).toEqual([{ environment: 'dev', job: 'order-processor', becomes: 'redeployed' }]);
  });

  it('moves another environment up to the one it promotes from, and no further', () => {
    expect(refusalOf(() => planCommand(memoryFiles(first), migrate, { environment: 'prod' }))).toMatchObject({
      exitCode: 1,
      problems: [
        {
          file: environmentFile('prod'),
          message: 'prod is in layout 1, as staging is, from which it promotes: nobody has tried layout 2 yet',
          remedy: 'Move staging first: millrace migrate staging',
        },
      ],
    });
    const staging = moved(first, 'staging');
    expect(differing(first, staging)).toEqual([environmentFile('staging'), 'environments/staging/flink/kustomization.yaml']);
    expect(textAt(moved(staging, 'prod'), environmentFile('prod'))).toContain('layout: 2\n');
  });

  it('is refused for an environment that is not there, and where something is edited by hand', () => {
    expect(refusalOf(() => planCommand(memoryFiles(example), migrate, { environment: 'qa' })).problems[0]?.message).toBe('there is no environment qa');
    const path = 'environments/dev/pipelines/order-processor/kafka/user-flink-app.yaml';
    const edited = withFiles(example, { [path]: `${textAt(example, path)}# mine\n` });
    expect(planCommand(memoryFiles(edited), migrate, {}).changes.refused).toMatchObject([{ file: path, message: 'this generated file was edited by hand' }]);
  });
});

describe('the order of layouts', () => {
  it('is that of promotion: no environment is ahead of the one it promotes from', () => {
    expect(refusalOf(() => sync(replaced(example, environmentFile('prod'), 'layout: 1', 'layout: 2'))).problems).toMatchObject([
      {
        file: environmentFile('prod'),
        position: { line: 4, column: 9 },
        message: 'prod is in layout 2, but staging, from which it promotes, is in layout 1',
        remedy: 'Move staging first: millrace migrate staging. Or write layout: 1 here.',
      },
    ]);
  });

  it('refuses a layout that nobody makes, with what to do', () => {
    expect(refusalOf(() => sync(replaced(example, environmentFile('dev'), 'layout: 1', 'layout: 3'))).problems).toMatchObject([
      {
        file: environmentFile('dev'),
        message: 'layout: expected 1 or 2, one of the layouts that this Millrace makes; another needs another Millrace (nx migrate @millrace/nx)',
      },
    ]);
  });
});
