import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { styleText } from 'node:util';

import { createTwoFilesPatch } from 'diff';

import { makeExample } from './how-to/scratch.js';
import { runPage, StalePage } from './how-to/run-page.js';
import type { Page } from './markdown.js';
import { MADE_FOLDERS, pages } from './pages.js';

const HOW_TO = 'docs/how-to';

/**
 * Makes the documentation's pages again: those that are made from code, and the output in the how-tos, whose commands are
 * run. With `--check` nothing is written, and what is stale is shown; `--pages` leaves the how-tos out, and names of how-tos
 * run those only. Gives the exit code.
 */
export async function docs(root: string, argv: readonly string[]): Promise<number> {
  const named = argv.filter((word) => !word.startsWith('--'));
  const unknown = argv.find((word) => (word.startsWith('--') ? !['--check', '--pages'].includes(word) : !existsSync(join(root, HOW_TO, `${word}.md`))));
  if (unknown !== undefined) {
    say(`there is no ${unknown}: npm run docs -- [--check] [--pages] [name of a how-to...]`);
    return 2;
  }
  const text = (path: string) => readFileSync(join(root, path), 'utf8');
  const made = pages(root);
  try {
    const wanted = [...made, ...(argv.includes('--pages') ? [] : await howTos(root, named, text))];
    const different = wanted.filter(({ path, text: now }) => !existsSync(join(root, path)) || text(path) !== now);
    return argv.includes('--check') ? tell(wanted, different, superfluous(root, made), text) : write(root, wanted, different, superfluous(root, made));
  } catch (error) {
    if (!(error instanceof StalePage)) throw error;
    say(`${styleText('red', 'stale')} ${error.message}`);
    return 1;
  }
}

function tell(wanted: readonly Page[], different: readonly Page[], gone: readonly string[], text: (path: string) => string): number {
  for (const path of gone) say(`${styleText('red', 'stale')} ${path}: it belongs to nothing any more`);
  for (const { path, text: now } of different) say(`${styleText('red', 'stale')} ${createTwoFilesPatch(path, path, textOr(path, text), now)}`);
  const count = gone.length + different.length;
  say(count === 0 ? `${wanted.length} pages are what they should be.` : `${count} of the pages are stale. Run: npm run docs`);
  return count === 0 ? 0 : 1;
}

function write(root: string, wanted: readonly Page[], different: readonly Page[], gone: readonly string[]): number {
  for (const path of gone) rmSync(join(root, path));
  for (const { path, text } of different) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  for (const path of [...gone, ...different.map((page) => page.path)]) say(path);
  say(`${wanted.length} pages, ${different.length} written, ${gone.length} removed.`);
  return 0;
}

async function howTos(root: string, named: readonly string[], text: (path: string) => string): Promise<readonly Page[]> {
  using examples = await makeExample(root);
  const all = readdirSync(join(root, HOW_TO)).sort();
  const wanted = all.filter((file) => named.length === 0 || named.includes(file.replace(/\.md$/, '')));
  // Each has a repository of its own, so they can run side by side.
  return await Promise.all(
    wanted.map(async (file) => {
      using own = examples.fresh();
      const path = `${HOW_TO}/${file}`;
      return { path, text: await runPage(path, text(path), own) };
    }),
  );
}

/** Pages in the folders of pages that are made, which are made no more. */
function superfluous(root: string, made: readonly Page[]): readonly string[] {
  const paths = new Set(made.map(({ path }) => path));
  return MADE_FOLDERS.filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((path) => !paths.has(path));
}

function textOr(path: string, text: (path: string) => string): string {
  try {
    return text(path);
  } catch {
    return '';
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
