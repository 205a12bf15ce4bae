import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { contentProblems } from './contents.js';
import { pack } from './pack.js';
import { packagesOf, publishable, readManifest } from './publishable.js';
import { exampleProblems } from './readme-examples.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const packages = publishable(root);
const text = (...path: readonly string[]) => readFileSync(join(root, ...path), 'utf8');

it('the libraries, the command line and the Nx plugin are published, and none of the tools that build them', () => {
  const names = packages.map(({ folder }) => folder);
  expect(names).toEqual(expect.arrayContaining(['libs/check', 'libs/model', 'tools/cli', 'tools/nx']));
  expect(names.filter((name) => ['tools/bench', 'tools/build', 'tools/docs', 'tools/example', 'tools/packages'].includes(name))).toEqual([]);
});

describe.each(packages)('$manifest.name', ({ folder, manifest }) => {
  it('says what it is, whose, from where, and for which Node', () => {
    const whole = readManifest(join(root, 'package.json'));
    const repository = { type: 'git', url: `git+${urlOf(whole)}.git`, directory: folder };
    expect(manifest).toMatchObject({
      description: expect.stringMatching(/^[A-Z].{20,}[^.]$/),
      keywords: expect.arrayContaining(['millrace']),
      license: 'Apache-2.0',
      homepage: `${urlOf(whole)}/tree/main/${folder}#readme`,
      repository,
      type: 'module',
      engines: whole['engines'],
      publishConfig: { access: 'public' },
    });
    expect(manifest).toHaveProperty('sideEffects');
  });

  it('has the types of every entry before the rest, and its package.json', () => {
    for (const [entry, target] of Object.entries(manifest.exports)) {
      if (entry.endsWith('.json')) continue;
      expect(Object.keys(target), entry).toEqual(['types', 'default']);
    }
    expect(manifest.exports).toHaveProperty(['./package.json']);
  });

  it('has a README of its own, with an example, and the licence', () => {
    const readme = text(folder, 'README.md');
    expect(readme).toMatch(new RegExp(`^# ${manifest.name}\n\n[A-Z]`));
    expect(readme).toMatch(/^```ts$|^ {4}np[mx] /m);
    expect(text(folder, 'LICENSE')).toBe(text('LICENSE'));
  });

  it('names the packages beside it by the version that they all have, and others exactly', () => {
    const others = Object.entries(manifest.dependencies).filter(([name, version]) =>
      packages.some((each) => each.manifest.name === name) ? version !== manifest.version : !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(others).toEqual([]);
  });
});

// A pinned version would send npm to the registry for one that is not published yet, in the middle of a release.
it.each(packagesOf(root).filter(({ manifest }) => manifest.private))('$manifest.name, which is private, takes whatever version of ours is there', (own) => {
  const ours = Object.entries({ ...own.manifest.dependencies, ...own.manifest.devDependencies }).filter(([name]) => /^(?:@millrace\/|millrace$)/.test(name));
  expect(ours.filter(([, version]) => version !== '*')).toEqual([]);
});

it('the examples of the READMEs compile', () => {
  expect(
    exampleProblems(
      root,
      packages.map(({ folder }) => folder),
    ),
  ).toEqual([]);
});

it('an example that does not compile is found', () => {
  expect(exampleProblems(root, ['tools/packages/src/fixtures'])).toEqual([expect.stringContaining("has no exported member 'nothing'")]);
});

describe('the list of files of a package', () => {
  const manifest = { name: 'it', version: '1.0.0', private: false, bin: {}, exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } } };
  const own = { folder: 'libs/it', manifest: { ...manifest, dependencies: {}, devDependencies: {} } };
  const fine = ['LICENSE', 'README.md', 'dist/index.d.ts', 'dist/index.js', 'package.json'];

  it('may hold what runs, its types and what it reads', () => {
    const more = ['bin/it.js', 'templates/1/kafka/kafka.hbs', 'assets/it.wasm.br', 'assets/schemas/2026.11.txt.br', 'executors.json', 'migrations.json'];
    expect(contentProblems(own, [...fine, ...more], () => true)).toEqual([]);
  });

  it.each([
    'dist/it.spec.js',
    'dist/it.fixture.d.ts',
    'dist/index.js.map',
    'dist/.tsbuildinfo',
    'dist/.spec/it.spec.d.ts',
    'go/main.go',
    'schemas/build.mjs',
    'src/index.ts',
    'tsconfig.json',
    '.env',
  ])('may not hold %s', (path) => {
    expect(contentProblems(own, [...fine, path], () => true)).toEqual([`${path} is packed, and nobody needs it`]);
  });

  it('may not hold what its sources no longer have', () => {
    expect(contentProblems(own, [...fine, 'dist/old.js'], (path) => path !== 'src/old.ts')).toEqual([
      'dist/old.js is packed, and its source is gone: remove dist/ and build again',
    ]);
  });

  it('has to hold every entry, the README and the licence', () => {
    expect(contentProblems(own, ['package.json'], () => true)).toEqual([
      'README.md is not packed',
      'LICENSE is not packed',
      'dist/index.d.ts is not packed',
      'dist/index.js is not packed',
    ]);
  });
});

it('npm packs what runs, and nothing else', async () => {
  const packed = await pack(root, packages, undefined);
  expect(packed.map(({ name }) => name).sort()).toEqual(packages.map(({ manifest }) => manifest.name).sort());
  // Whether a file of dist/ still has its source is asked of a clean build, by `npm run packages`.
  const problems = packed.flatMap(({ name, files }) =>
    packages.filter((each) => each.manifest.name === name).flatMap((each) => contentProblems(each, files, () => true)),
  );
  expect(problems).toEqual([]);
});

function urlOf(whole: Readonly<Record<string, unknown>>): string {
  return String(whole['homepage']).replace(/#readme$/, '');
}
