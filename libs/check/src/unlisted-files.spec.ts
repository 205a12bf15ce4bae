import { describe, expect, it } from 'vitest';

import { checkFiles, inFolder, ownRepository, said } from './run.fixture.js';
import { check } from './check.js';

const RULE = 'kustomize/unlisted-file';
const map = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;

/** The files that are said to be listed nowhere. */
async function unlisted(files: Readonly<Record<string, string>>, paths: readonly string[] = ['.']): Promise<readonly string[]> {
  const report = await checkFiles(files, { paths });
  return report.findings.flatMap(({ rule, file }) => (rule === RULE ? [file] : []));
}

describe('a resource beside a kustomization that nothing lists', () => {
  const files = { 'dev/kustomization.yaml': 'resources: [a.yaml]\n', 'dev/a.yaml': map('a'), 'dev/mine.yaml': `${map('b')}---\n${map('c')}` };

  it('is a warning, once a file, and is still checked', async () => {
    const report = await checkFiles({ ...files, 'dev/mine.yaml': `${map('b')}---\n${map('c')}data: {a: 1}\n` });
    expect(said(report)).toEqual([`${RULE} dev/mine.yaml:1:1`, 'schema/invalid-value dev/mine.yaml:8:8']);
    expect(report.summary).toMatchObject({ resources: 3, errors: 1, warnings: 1 });
  });

  it('is told where its folder or the file alone is named', async () => {
    expect(await unlisted(files, ['dev'])).toEqual(['dev/mine.yaml']);
    expect(await unlisted(files, ['dev/mine.yaml'])).toEqual(['dev/mine.yaml']);
    expect(await unlisted(files, ['dev/a.yaml'])).toEqual([]);
  });

  it('may be excepted', async () => {
    const exceptions = `[{kind: ConfigMap, name: b, reason: applied by hand}]`;
    expect(said(await checkFiles({ ...files, 'millrace.yaml': `rules: {${RULE}: {exceptions: ${exceptions}}}\n` }))).toEqual([]);
  });

  it('is one in a Millrace repository, too', async () => {
    const own = new Map([...ownRepository(), ['environments/dev/kafka/mine.yaml', map('mine')]]);
    const report = await inFolder(own, (folder) => check({ folder, paths: ['environments/dev'] }));
    expect(said(report)).toEqual([`${RULE} environments/dev/kafka/mine.yaml:1:1`]);
  });
});

describe('a resource that a kustomization has in another way', () => {
  const listed: readonly (readonly [what: string, files: Readonly<Record<string, string>>, paths?: readonly string[]])[] = [
    ['a folder without a kustomization', { 'plain/a.yaml': map('a'), 'other/kustomization.yaml': 'resources: []\n' }],
    [
      'a component that nothing uses',
      { 'part/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [a.yaml]\n', 'part/a.yaml': map('a') },
    ],
    [
      'a base, of which only the overlay is named',
      { 'base/kustomization.yaml': 'resources: [a.yaml]\n', 'base/a.yaml': map('a'), 'dev/kustomization.yaml': 'resources: [../base]\n' },
      ['dev'],
    ],
    [
      'a folder below the kustomization that lists it, which alone is named',
      {
        'kustomization.yaml': 'resources: [dev/a.yaml, dev]\n',
        'dev/kustomization.yaml': 'configMapGenerator: [{name: b, literals: [a=b]}]\n',
        'dev/a.yaml': map('a'),
      },
      ['dev'],
    ],
    ['a file of a generator', { 'dev/kustomization.yaml': 'configMapGenerator: [{name: a, files: [settings=a.yaml]}]\n', 'dev/a.yaml': map('a') }],
    [
      'a patch of another name',
      { 'dev/kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: more.yaml}]\n', 'dev/a.yaml': map('a'), 'dev/more.yaml': map('a') },
    ],
    ['a patch that nothing uses', { 'dev/kustomization.yaml': 'resources: []\n', 'dev/web-patch.yaml': map('a') }],
    [
      'an encrypted file that a plugin decrypts',
      {
        'dev/kustomization.yaml': 'generators: [sops.yaml]\n',
        'dev/sops.yaml': 'apiVersion: viaduct.ai/v1\nkind: ksops\nmetadata: {name: k}\nfiles: [./secret.enc.yaml]\n',
        'dev/secret.enc.yaml': map('a'),
      },
    ],
    [
      'an Application beside the overlay that it applies',
      {
        'dev/kustomization.yaml': 'resources: [a.yaml]\n',
        'dev/a.yaml': map('a'),
        'dev/application.yaml':
          'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: dev}\nspec:\n  project: default\n  source: {repoURL: "https://git.acme.example/a.git", targetRevision: main, path: dev}\n  destination: {server: "https://kubernetes.default.svc", namespace: dev}\n',
      },
    ],
  ];

  it.each(listed.map(([what, files, paths = ['.']]) => [what, files, paths] as const))('is nothing to say: %s', async (_what, files, paths) => {
    expect(await unlisted(files, paths)).toEqual([]);
  });
});
