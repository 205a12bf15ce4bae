import { existsSync } from 'node:fs';

import { LAYOUTS, newestLayout } from '@millrace/model';
import { describe, expect, it, vi } from 'vitest';

import { manifests, plan } from '../manifests.js';
import { placed } from '../pipeline/placed.js';
import { releaseFiles } from '../release.js';
import { repositoryFiles } from '../repository-files.js';
import { fill } from '../template.js';
import { EVERYTHING, EXAMPLE, workspaceOf, type Texts } from '../workspace.fixture.js';
import { inLayout, layouts, templateFile } from './layouts.js';
import { environmentsIn, releasesIn } from './texts-in-layout.fixture.js';

vi.hoisted(() => {
  process.env['MILLRACE_PREVIEW_LAYOUT'] = new URL('../../preview-layout/layout.cjs', import.meta.url).pathname;
});

/** The layouts of the files below a folder. */
function layoutsOf(texts: Texts, folder: string): ReadonlySet<number> {
  const found = [...plan(workspaceOf(texts))].filter(({ path }) => path.startsWith(folder)).map(({ layout }) => layout);
  expect(found.length, folder).toBeGreaterThan(0);
  return new Set(found);
}

/** The paths that differ between what is made of two repositories. */
function changed(before: Texts, after: Texts): readonly string[] {
  const [one, other] = [manifests(workspaceOf(before)), manifests(workspaceOf(after))];
  return [...new Set([...one.keys(), ...other.keys()])].filter((path) => one.get(path) !== other.get(path));
}

describe('a layout', () => {
  it('is known to the model by its number', () => {
    expect(layouts.map(({ number }) => number)).toEqual(LAYOUTS);
    expect(newestLayout).toBe(2);
  });

  it('has its own template where it has one, and else the one of the layout before', () => {
    expect(templateFile(1, 'pipeline/user-patch.hbs').pathname).toContain('/templates/1/');
    expect(templateFile(2, 'pipeline/user-patch.hbs').pathname).toContain('/preview-layout/templates/');
    expect(templateFile(2, 'kustomization.hbs')).toEqual(templateFile(1, 'kustomization.hbs'));
    expect(existsSync(templateFile(2, 'kustomization.hbs'))).toBe(true);
  });

  it('fills the same name with the template that is its', () => {
    expect(fill(1, 'pipeline/user-patch', { user: 'u' })).not.toContain('compare-options');
    expect(fill(2, 'pipeline/user-patch', { user: 'u' })).toContain('compare-options');
    expect(fill(2, 'namespace', { namespace: 'x', enforce: 'restricted' })).toBe(fill(1, 'namespace', { namespace: 'x', enforce: 'restricted' }));
  });

  it('plans what the one before plans, but for what it changes', () => {
    const file = { path: 'application/job-a.yaml', template: 'pipeline/application', context: { job: 'a', flinkConfiguration: { z: '1' } } };
    expect(inLayout(1, file)).toEqual([file]);
    expect(inLayout(2, file)).toEqual([{ ...file, context: { job: 'a', flinkConfiguration: { 'web.exception-history-size': '32', z: '1' } } }]);
  });

  it('that is not there, or a template that no layout has, is no silent nothing', () => {
    expect(() => fill(3, 'namespace', {})).toThrow('there is no layout 3: 1, 2');
    expect(() => fill(2, 'nope', {})).toThrow('layout 2 has no nope.hbs');
  });

  it('is offered by the schema that editors read', () => {
    const schema: unknown = JSON.parse(repositoryFiles().get('tools/schemas/environment.schema.json') ?? '');
    expect(schema).toMatchObject({ properties: { layout: { enum: [1, 2] } } });
  });
});

describe('which layout a file is made in', () => {
  const devMoved = environmentsIn(2, EXAMPLE, 'dev');

  it("is the first environment's for next, for what follows next, and for the next release", () => {
    expect(layoutsOf(EXAMPLE, 'apps/')).toEqual(new Set([1]));
    expect(layoutsOf(devMoved, 'apps/')).toEqual(new Set([2]));
    expect(layoutsOf(devMoved, 'environments/dev/')).toEqual(new Set([2]));
    for (const [texts, layout] of [
      [EXAMPLE, 1],
      [devMoved, 2],
    ] as const) {
      const workspace = workspaceOf(texts);
      const next = workspace.pipelines.get('order-processor')?.next;
      if (next === undefined) throw new Error('there is no order-processor');
      expect(releaseFiles(workspace, next, '9.0.0').layout).toBe(layout);
    }
  });

  it("is the release's for a pipeline elsewhere, and the environment's for the platform there", () => {
    const stagingToo = environmentsIn(2, EXAMPLE, 'dev', 'staging');
    expect(layoutsOf(stagingToo, 'environments/staging/pipelines/')).toEqual(new Set([1]));
    expect(layoutsOf(stagingToo, 'environments/staging/argocd/pipelines/')).toEqual(new Set([1]));
    expect(layoutsOf(stagingToo, 'environments/staging/credentials/pipeline.')).toEqual(new Set([1]));
    expect(layoutsOf(stagingToo, 'environments/staging/kafka/')).toEqual(new Set([2]));
    expect(layoutsOf(stagingToo, 'environments/staging/argocd/platform/')).toEqual(new Set([2]));

    const released = releasesIn(2, devMoved);
    expect(layoutsOf(released, 'environments/staging/pipelines/')).toEqual(new Set([2]));
    expect(layoutsOf(released, 'environments/staging/kafka/')).toEqual(new Set([1]));
    expect(placed(workspaceOf(released), 'prod', 'order-processor')?.layout).toBe(2);
  });

  it('is the newest where nothing is declared yet', () => {
    const none = Object.fromEntries(Object.entries(EXAMPLE).filter(([path]) => !path.startsWith('environments/')));
    expect(layoutsOf(none, 'apps/')).toEqual(new Set([2]));
  });
});

describe('a move of the first environment', () => {
  it('changes no file of another one, and no release', () => {
    const paths = changed(EVERYTHING, environmentsIn(2, EVERYTHING, 'dev'));
    expect(paths).not.toEqual([]);
    expect(paths.filter((path) => !/^(?:apps\/[^/]+\/next|environments\/dev)\//.test(path))).toEqual([]);
  });

  it('and back gives what was there before', () => {
    expect(changed(EVERYTHING, environmentsIn(1, environmentsIn(2, EVERYTHING)))).toEqual([]);
  });
});
