import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const libraries = readdirSync(join(root, 'libs'));
const sources = ['libs', 'tools'].flatMap((area) =>
  readdirSync(join(root, area)).flatMap((name) => {
    const folder = join(root, area, name, 'src');
    const paths = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts')) : [];
    return paths.map((path) => ({ name, text: readFileSync(join(folder, path), 'utf8') }));
  }),
);

/** The names between the braces of an import or export: those of types with their `type`, aliases by what they stand for. */
function namesIn(braces: string): readonly string[] {
  return braces.split(',').flatMap((name) => name.trim().replace(/ as .*/s, '') || []);
}

/** What other packages import of a library. */
function importedFrom(library: string): ReadonlySet<string> {
  const named = new RegExp(String.raw`import (?:type )?\{([^}]*)\} from '@millrace/${library}'`, 'g');
  const late = new RegExp(String.raw`\(await import\('@millrace/${library}'\)\)\.(\w+)`, 'g');
  const others = sources.filter(({ name }) => name !== library);
  return new Set(others.flatMap(({ text }) => [...text.matchAll(named), ...text.matchAll(late)].flatMap(([, names = '']) => namesIn(names))));
}

describe.each(libraries)('the library %s', (library) => {
  const index = readFileSync(join(root, 'libs', library, 'src/index.ts'), 'utf8');

  it('names what it exports', () => {
    expect(index).not.toContain('export *');
  });

  // Types may be there for whoever names what a function takes or gives.
  it('exports no value that no other package imports', () => {
    const values = [...index.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names = '']) => namesIn(names)).filter((name) => !name.startsWith('type '));
    const imported = importedFrom(library);
    expect(values.length).toBeGreaterThan(0);
    expect(values.filter((name) => !imported.has(name))).toEqual([]);
  });
});
