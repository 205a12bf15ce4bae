import { describe, expect, it, vi } from 'vitest';

import { textOf } from '../file.js';
import { plan } from '../manifests.js';
import { EVERYTHING, workspaceOf, type Texts } from '../workspace.fixture.js';
import { environmentsIn, releasesIn } from './texts-in-layout.fixture.js';

vi.hoisted(() => {
  process.env['MILLRACE_PREVIEW_LAYOUT'] = new URL('../../preview-layout/layout.cjs', import.meta.url).pathname;
});

/** What there is of a repository in one place, file by file, as somebody would read it. */
function page(files: ReadonlyMap<string, string>, folder: string): string {
  return [...files]
    .filter(([path]) => path.startsWith(folder))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, text]) => `================ ${path}\n${text}`)
    .join('');
}

function inLayout(layout: number): Texts {
  return environmentsIn(layout, releasesIn(layout, EVERYTHING));
}

/**
 * Every file that is made of everything that can be declared, in each layout. Where a change of a shipped layout is meant
 * (nothing of it is in anybody's repository yet), renew the pages and read their diff:
 *
 *     npx vitest run libs/manifests/src/layouts/golden.spec.ts -u
 */
describe.each([1, 2])('layout %i', (layout) => {
  const texts = inLayout(layout);
  const made = new Map([...plan(workspaceOf(texts))].map((manifest) => [manifest.path, textOf(manifest)]));
  const frozen = new Map(Object.entries(texts).filter(([path]) => path.includes('/releases/')));
  const parts: readonly (readonly [string, ReadonlyMap<string, string>, string])[] = [
    ['next', made, 'apps/'],
    ['releases', frozen, 'apps/'],
    ...[...workspaceOf(texts).environments.keys()].sort().map((name) => [name, made, `environments/${name}/`] as const),
  ];

  it.each(parts)('makes byte for byte what it made: %s', async (name, files, folder) => {
    const text = page(files, folder);
    expect(text).not.toBe('');
    await expect(text).toMatchFileSnapshot(`../../golden/layout-${layout}/${name}.txt`);
  });

  it('has every file on one of the pages', () => {
    const folders = parts.filter(([, files]) => files === made).map(([, , folder]) => folder);
    expect([...made.keys()].filter((path) => !folders.some((folder) => path.startsWith(folder)))).toEqual([]);
  });
});

describe('the two layouts', () => {
  it('are not the same, or the second page would prove nothing', () => {
    const [one, two] = [1, 2].map((layout) => new Map([...plan(workspaceOf(inLayout(layout)))].map((manifest) => [manifest.path, textOf(manifest)])));
    const names = [...new Set([...(one?.keys() ?? []), ...(two?.keys() ?? [])])];
    const differing = names.filter((path) => one?.get(path) !== two?.get(path));
    expect(differing.length).toBeGreaterThan(5);
    expect(differing.length).toBeLessThan(names.length / 2);
  });
});
