import { newRepository } from '@millrace/workspace';

import { commandPath, type LeafCommand } from './commands/leaf-commands.js';
import { declaredFiles } from './files/file-pages.js';
import { madeFrom, prose, table, type Page } from './markdown.js';

/** The way into the documentation: what there is to do, the commands, the files, the rules. */
export function indexPage({ howTos, commands }: { readonly howTos: readonly Page[]; readonly commands: readonly LeafCommand[] }): Page {
  const link = (path: string) => path.replace(/^docs\//, '');
  return {
    path: 'docs/README.md',
    text: [
      madeFrom('the pages beside it'),
      '',
      "# Millrace's documentation",
      '',
      'The [README](../README.md) says what Millrace is, and makes the complete example with one command. Here is the rest.',
      '',
      '## How to …',
      '',
      'The commands in these pages were run in that example, and what they print is what they printed.',
      '',
      ...howTos.map(({ path, text }) => `- [${titleOf(text)}](${link(path)})`),
      '',
      '## Commands',
      '',
      ...table(
        ['Command', 'What it does'],
        [
          [`[npm create millrace](${link(commandPath(newRepository.name))})`, prose(newRepository.summary)],
          ...commands.map(({ name, program }) => [`[${name}](${link(commandPath(name))})`, prose(program.description())]),
        ],
      ),
      '',
      'In an Nx workspace those that edit declared files are generators: `nx g @millrace/nx:<name>`.',
      '',
      '## Declared files',
      '',
      'Everything else is made from these.',
      '',
      ...table(
        ['File', 'Where', 'What it says'],
        declaredFiles.map(({ name, where, schema }) => [`[${name}](files/${name}.md)`, `\`${where}\``, prose(schema.meta()?.description ?? '')]),
      ),
      '',
      '## What is checked',
      '',
      '- [The check](check.md): `millrace check`, its findings, its formats, and how to weigh them',
      '- [The rules of the check](rules.md), each with its source and examples',
      "- [The operators' rules](operator-rules.md) that Millrace follows itself, the tests that hold them, and the rules of the check that find what goes against them",
      '',
    ].join('\n'),
  };
}

/** A page's first heading. */
function titleOf(text: string): string {
  const title = /^# (.+)$/m.exec(text)?.[1];
  if (title === undefined) throw new Error('a page has no title');
  return title;
}
