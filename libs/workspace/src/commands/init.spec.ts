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
        `"nx": "23.2.1",\n\t\t"@millrace/nx": "${millraceVersion()}",\n\t\t"millrace": "${millraceVersion()}"`,
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
        message: `package.json lists millrace and @millrace/nx ${millraceVersion()} now`,
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

  it('makes no package.json where there is none', () => {
    expect(after(new Map(), init, OPTIONS).has('package.json')).toBe(false);
  });

  it.each(['nx.json', 'package.json'])('refuses a broken %s by its name', (file) => {
    const error = refusalOf(() => plan(new Map([...there, [file, '{"plugins": [']])));
    expect(error).toMatchObject({ exitCode: 1, problems: [{ file, message: 'this is no JSON object' }] });
  });
});
