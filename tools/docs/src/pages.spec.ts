import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { promote } from '@millrace/promotion';
import { editCommands, newRepository, optionsOf } from '@millrace/workspace';
import { marked } from 'marked';
import { commandLine } from 'millrace';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { allCommands } from './commands/command-pages.js';
import { commandPage } from './commands/command-page.js';
import { leafCommands } from './commands/leaf-commands.js';
import { declaredFiles } from './files/file-pages.js';
import { filePage } from './files/file-page.js';
import { MADE_FOLDERS, pages } from './pages.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const made = pages(root);
const textOf = (path: string) => made.find((page) => page.path === path)?.text ?? '';

it.each(made)('$path is what its sources say', ({ path, text }) => {
  expect(existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '', 'Run: npm run docs').toBe(text);
});

it('nothing else is in the folders of pages that are made', () => {
  const there = MADE_FOLDERS.flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`));
  expect(there.filter((path) => !made.some((page) => page.path === path))).toEqual([]);
});

describe('the page of a command', () => {
  it.each(allCommands())('$name has every option that the command line has', ({ name, program }) => {
    const page = textOf(`docs/commands/${name.replace(' ', '-')}.md`);
    for (const flag of program.options.filter(({ hidden }) => !hidden)) expect(page).toContain(`| \`${flag.long ?? ''}`);
    for (const argument of program.registeredArguments) expect(page).toMatch(new RegExp(`\\| \`[<[]${argument.name()}`));
  });

  it.each([newRepository, ...editCommands, promote])('$name says of each option of its schema what the schema says', (command) => {
    const page = textOf(`docs/commands/${command.name}.md`);
    for (const { name, description, required, choices } of optionsOf(command)) {
      if (command === promote && name === 'commit') continue;
      const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      const row = page.split('\n').find((line) => line.startsWith(`| \`${flag} `) || line.startsWith(`| \`${flag}\``) || line.startsWith(`| \`<${name}>\``));
      expect(row, name).toBeDefined();
      // Everything of a new repository has a default.
      expect(row?.includes('*needed*'), name).toBe(required && command !== newRepository);
      for (const choice of choices ?? []) expect(row).toContain(`\`${choice}\``);
      const said = row?.replaceAll('\\', '').replace(/\[(R\d+)\]\([^)]*\)/g, '$1');
      // A sentence of a table begins with a capital letter.
      expect(said?.toLowerCase()).toContain(description.toLowerCase());
    }
  });

  it('is not made for a command of which nobody has said how it is run in Nx', () => {
    const program = commandLine(() => undefined);
    program.command('dance').description('Dance');
    const dance = leafCommands(program).find(({ name }) => name === 'dance');
    expect(() => dance !== undefined && commandPage(dance, undefined)).toThrow('nx-forms.ts does not say how dance is run in Nx');
  });
});

describe('the page of a declared file', () => {
  it.each(declaredFiles)('$name describes every key', ({ name }) => {
    const rows = textOf(`docs/files/${name}.md`)
      .split('\n')
      .filter((line) => /^\| [`[]/.test(line));
    expect(rows.length).toBeGreaterThan(2);
    // A key that says nothing gets a description in libs/model/src/declared.
    expect(rows.filter((row) => /\|\s*\|$/.test(row))).toEqual([]);
  });

  it('has types, defaults, choices and needed keys as the schema has them, and writes the same part once', () => {
    const size = z.strictObject({
      memory: z.string().meta({ description: 'Memory', examples: ['1Gi'] }),
      cpu: z.number().min(1).default(2).meta({ description: 'Cores' }),
    });
    const schema = z.strictObject({
      mode: z.enum(['one', 'two']).default('one').meta({ description: 'Which <mode> (R16)' }),
      nodes: z.record(z.string(), z.strictObject({ size: size.meta({ description: 'How big' }) })).meta({ description: 'Nodes' }),
      manager: z.strictObject({ size }).optional().meta({ description: 'Manager' }),
      from: z.union([z.literal('nowhere'), z.strictObject({ path: z.string().meta({ description: 'Where' }) })]).meta({ description: 'From' }),
    });
    const { text } = filePage({ name: 'it.yaml', where: 'it.yaml', schema: schema.meta({ description: 'It' }), example: 'it.yaml' }, () => 'mode: one\n');
    expect(text.slice(text.indexOf('## Keys'))).toMatchInlineSnapshot(`
      "## Keys

      | Key | Type | Default | What it says |
      | --- | --- | --- | --- |
      | \`mode\` | \`one\` or \`two\` | \`one\` | Which \\<mode\\> ([R16](../operator-rules.md#r16)) |
      | [\`nodes\`](#nodes) | mapping by name | *needed* | Nodes |
      | [\`manager\`](#manager) | mapping |  | Manager |
      | [\`from\`](#from) | \`nowhere\` or mapping | *needed* | From |

      ## nodes

      Nodes.

      | Key | Type | Default | What it says |
      | --- | --- | --- | --- |
      | \`<name>.size\` | mapping | *needed* | How big |
      | \`<name>.size.memory\` | text, such as \`1Gi\` | *needed* | Memory |
      | \`<name>.size.cpu\` | number, 1 or more | \`2\` | Cores |

      ## manager

      Manager.

      | Key | Type | Default | What it says |
      | --- | --- | --- | --- |
      | \`size\` | mapping | *needed* | Keys as those of \`nodes.<name>.size\` |

      ## from

      From.

      | Key | Type | Default | What it says |
      | --- | --- | --- | --- |
      | \`path\` | text | *needed in this form* | Where |
      "
    `);
  });
});

it('every link of a page leads somewhere, to the heading too', () => {
  const documents = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'));
  const broken = ['README.md', 'CONTRIBUTING.md', ...documents.map((path) => `docs/${path}`)].flatMap((path) =>
    linksOf(readFileSync(join(root, path), 'utf8'))
      .filter((href) => !/^[a-z]+:/.test(href))
      .filter((href) => {
        const [file = '', anchor] = href.split('#');
        const target = file === '' ? join(root, path) : join(root, dirname(path), file);
        return !existsSync(target) || (anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).has(anchor));
      })
      .map((href) => `${path}: ${href}`),
  );
  expect(broken).toEqual([]);
});

it('every file and folder that CONTRIBUTING.md names is there', () => {
  const named = [...readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').matchAll(/`((?:libs|tools|docs|\.ci)\/[^\s`]*)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(20);
  // Up to what stands for several.
  expect(named.map((path) => path.replace(/[^/]*[<*].*$/, '')).filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

function linksOf(text: string): readonly string[] {
  const links: string[] = [];
  marked.walkTokens(marked.lexer(text), (token) => {
    if (token.type === 'link' && 'href' in token) links.push(String(token.href));
  });
  return links;
}

/** Headings as GitHub calls them, and anchors that are set. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)]);
}
