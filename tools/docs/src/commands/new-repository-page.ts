import { newRepository, optionsOf } from '@millrace/workspace';
import { creator, NAME } from 'create-millrace';

import { madeFrom, table, type Page } from '../markdown.js';
import { optionsTable } from './command-page.js';
import { exitCodes } from './exit-codes.js';
import { commandPath } from './leaf-commands.js';

/** The page of what makes a new repository: `npm create millrace`, and the preset of create-nx-workspace. */
export function newRepositoryPage(): Page {
  const options = optionsOf(newRepository).map((option) => (option.name === 'name' ? { ...option, required: false, default: NAME } : option));
  return {
    path: commandPath(newRepository.name),
    text: [
      madeFrom('the command'),
      '',
      '# npm create millrace',
      '',
      `${newRepository.summary}.`,
      '',
      '    npm create millrace [name] -- [options]',
      '',
      '## Options',
      '',
      ...optionsTable(creator(), options),
      '',
      '`pnpm create millrace` and `yarn create millrace` take the options without `--` before them. In a terminal, what is not given is asked for.',
      '',
      '## Examples',
      '',
      ...newRepository.examples.map((example) => `    ${example}`),
      '',
      '## In Nx',
      '',
      'The preset makes the same; it takes those of the options that say what is in the repository.',
      '',
      '    npx create-nx-workspace my-platform --preset=@millrace/nx',
      '',
      '## Exit codes',
      '',
      ...table(['Code', 'Meaning'], exitCodes(newRepository.name)),
      '',
    ].join('\n'),
  };
}
