import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { rules, rulesPage } from '@millrace/check';

import { allCommands, commandPages } from './commands/command-pages.js';
import { newRepositoryPage } from './commands/new-repository-page.js';
import { filePages } from './files/file-pages.js';
import { indexPage } from './index-page.js';
import type { Page } from './markdown.js';
import { testsByRule } from './operator-rules/named-tests.js';
import { checksByRule, operatorRulesPage } from './operator-rules/operator-rules-page.js';

/** Folders of docs/ in which every page is made. */
export const MADE_FOLDERS = ['docs/commands', 'docs/files'] as const;

/** Every page that is made from code alone; `root` is this repository. */
export function pages(root: string): readonly Page[] {
  const text = (path: string) => readFileSync(join(root, path), 'utf8');
  const howTos = readdirSync(join(root, 'docs/how-to'))
    .sort()
    .map((name) => ({ path: `docs/how-to/${name}`, text: text(`docs/how-to/${name}`) }));
  return [
    indexPage({ howTos, commands: allCommands() }),
    { path: 'docs/rules.md', text: rulesPage() },
    operatorRulesPage(testsByRule(root), checksByRule(rules)),
    newRepositoryPage(),
    ...commandPages(),
    ...filePages(text),
  ];
}
