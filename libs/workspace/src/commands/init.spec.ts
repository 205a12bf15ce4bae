import { describe, expect, it } from 'vitest';

import { isEmpty } from '../changes.js';
import { memoryFiles } from '../files/memory.js';
import { refusalOf, textAt } from '../repository.fixture.js';
import { planCommand } from '../run-command.js';
import { after, type Repository } from '../testing.js';
import { millraceVersion } from '../version.js';
import { init } from './init.js';

const OPTIONS = { repository: 'https://git.acme.example/platform/streaming.git' };

/** An Nx repository of long standing, as its people keep it. */
const there: Repository = new Map([
  [
    'nx.json',
    `{
    // asked for by the platform team
    "plugins": ["@nx/js/typescript", {"plugin": "@nx/eslint/plugin", "options": {"targetName": "lint"}}],
    "namedInputs": {"default": ["{projectRoot}/**/*"], "production": ["default", "!{projectRoot}/**/*.spec.ts"]},
    "sync": {"globalGenerators": ["@nx/js:typescript-sync"], "applyChanges": true}
}
`,
  ],
  [
    'package.json',
    '{\n\t"name": "acme",\n\t"scripts": {"test": "nx run-many -t test"},\n\t"devDependencies": {\n\t\t"@nx/js": "23.2.1",\n\t\t"nx": "23.2.1"\n\t}\n}\n',
  ],
  ['.gitignore', 'node_modules\n/dist\n*.log'],
  ['.prettierignore', '# what tools write\n/dist\n'],
]);

const plan = (files: Repository) => planCommand(memoryFiles(files), init, OPTIONS);

describe('init in an Nx repository that is there', () => {
  const now = after(there, init, OPTIONS);

  it('adds the plugin and the global sync generator to nx.json, and leaves every other character', () => {
    expect(textAt(now, 'nx.json')).toBe(
      textAt(there, 'nx.json')
        .replace('"lint"}}]', '"lint"}}, "@millrace/nx/plugin"]')
        .replace('"@nx/js:typescript-sync"]', '"@nx/js:typescript-sync", "@millrace/nx:sync"]'),
    );
  });

  it('lists its packages, and leaves every other character', () => {
    expect(textAt(now, 'package.json')).toBe(
      textAt(there, 'package.json').replace(
        '"nx": "23.2.1"',
        `"nx": "23.2.1",\n\t\t"@millrace/nx": "${millraceVersion()}",\n\t\t"millrace": "${millraceVersion()}",\n\t\t"@nx/devkit": "23.2.1"`,
      ),
    );
  });

  it('keeps tools off generated files, and says nothing twice', () => {
    expect(textAt(now, '.gitignore')).toBe('node_modules\n/dist\n*.log\n.millrace/\n.nx/\ntarget/\n');
    expect(textAt(now, '.prettierignore')).toBe('# what tools write\n/dist\n/apps/*/next\n/apps/*/releases\n/environments\n/tools/schemas\n');
  });

  it('says what it did to them, and what is to be done', () => {
    expect(plan(there).notices).toEqual([
      {
        message: 'nx.json has the plugin @millrace/nx/plugin, and the global sync generator @millrace/nx:sync, which only says what is stale',
        remedy: 'See its projects: npx nx show projects',
      },
      {
        message: 'package.json lists millrace, @millrace/nx, @nx/devkit now',
        remedy: 'Install them with your package manager, as with npm install.',
      },
    ]);
  });

  it('changes and says nothing the second time', () => {
    const { changes, notices } = plan(now);
    expect({ empty: isEmpty(changes), notices }).toEqual({ empty: true, notices: [] });
  });

  it.each([
    ['as a dependency', '{"dependencies": {"millrace": "0.0.9", "@millrace/nx": "0.0.9"}}'],
    ['from elsewhere', '{"devDependencies": {"millrace": "file:m.tgz", "@millrace/nx": "file:n.tgz"}}'],
  ])('leaves a version that somebody chose: %s', (_what, text) => {
    expect(after(new Map([['package.json', text]]), init, OPTIONS).get('package.json')).toBe(text);
  });

  const withNx = (version: string): Repository => new Map([['package.json', `{"devDependencies": {"nx": "${version}"}}`]]);

  it.each(['22.0.0', '^22.1.0', '~21.6.3', '25.0.0'])('refuses an Nx that its plugin does not work with: %s', (version) => {
    const { kind, problems } = refusalOf(() => plan(withNx(version)));
    expect(kind).toBe('refused');
    expect(problems).toMatchObject([{ file: 'package.json', message: `Nx is ${version} here, and @millrace/nx ${millraceVersion()} works with >=23 <25` }]);
    expect(problems[0]?.remedy).toContain(version === '25.0.0' ? 'a newer Millrace' : 'npx nx migrate 23');
  });

  it.each(['23.0.0', '^23.2.1', '>=22', '24.1.0', 'latest', 'catalog:'])("adds the plugin's peer at the version of Nx: %s", (version) => {
    expect(textAt(after(withNx(version), init, OPTIONS), 'package.json')).toContain(`"@nx/devkit": "${version}"`);
  });

  it('adds no part of Nx where Nx is not listed', () => {
    expect(textAt(after(new Map([['package.json', '{}']]), init, OPTIONS), 'package.json')).not.toContain('@nx/');
  });

  it("says of a folder environments/ that is somebody else's whose it has to be, and how to keep both", () => {
    const { problems } = refusalOf(() => plan(new Map([...there, ['environments/dev/main.tf', 'terraform {}\n']])));
    expect(problems).toEqual([
      {
        file: 'environments/dev/environment.yaml',
        message: "this file is missing, and each folder in environments/ is an environment of Millrace's",
        remedy: 'Restore it. A folder that is none belongs elsewhere, or Millrace into a folder of its own: millrace -C <folder> init --path <folder>',
      },
    ]);
  });

  it('makes no package.json where there is none', () => {
    expect(after(new Map(), init, OPTIONS).has('package.json')).toBe(false);
  });

  it.each(['nx.json', 'package.json'])('refuses a broken %s by its name', (file) => {
    const error = refusalOf(() => plan(new Map([...there, [file, '{"plugins": [']])));
    expect(error).toMatchObject({ exitCode: 1, problems: [{ file, message: 'this is no JSON object' }] });
  });
});
