import { isDeepStrictEqual } from 'node:util';

import type * as z from 'zod';

import { code, madeFrom, proseWithRules, table, type Page } from '../markdown.js';
import { hasKeys, keysBelow, type Key } from './keys.js';
import { jsonSchemaOf, valuesOf, type Schema } from './schema.js';
import { spelled, valueType } from './value-type.js';

/** A declared file: its name, where it stands, its schema, and one of this repository's own. */
export interface DeclaredFile {
  readonly name: string;
  readonly where: string;
  readonly schema: z.ZodType;
  readonly example: string;
}

const RULES = '../operator-rules.md';

/** The page of a declared file: what it is, an example, and every key of it. `text` gives the text of a file of this repository. */
export function filePage({ name, where, schema, example }: DeclaredFile, text: (path: string) => string): Page {
  const json = jsonSchemaOf(schema);
  const sections = Object.entries(json.properties ?? {}).filter(([, child]) => hasKeys(child));
  const known = new Map<string, Schema>();
  return {
    path: `docs/files/${name}.md`,
    text: [
      madeFrom('its schema'),
      '',
      `# ${name}`,
      '',
      `${proseWithRules(json.description ?? '', RULES)}: \`${where}\`.`,
      '',
      `For example \`${example}\` of this repository:`,
      '',
      '```yaml',
      text(example).trimEnd(),
      '```',
      '',
      'Editors find the schema through the first line. Unknown keys, and values that do not fit, are refused with their line and what to write instead.',
      '',
      '## Keys',
      '',
      ...keyTable(
        Object.entries(json.properties ?? {}).map(([key, child]) => ({ path: key, schema: child, required: json.required?.includes(key) === true })),
        new Set(sections.map(([key]) => key)),
      ),
      '',
      ...sections.flatMap(([key, child]) => section(key, child, known)),
    ].join('\n'),
  };
}

function section(name: string, schema: Schema, known: Map<string, Schema>): readonly string[] {
  const own = valuesOf(schema) ?? schema;
  const same = own.properties === undefined ? undefined : [...known].find(([, other]) => isDeepStrictEqual(other.properties, own.properties));
  const title = [`## ${name}`, '', ...(schema.description === undefined ? [] : [`${proseWithRules(schema.description, RULES)}.`, ''])];
  if (same !== undefined) return [...title, `Each \`${name}.<name>\` has the keys of [${same[0]}](#${anchorOf(same[0])}).`, ''];
  if (schema.properties !== undefined) known.set(name, schema);
  return [...title, ...keyTable(keysBelow(schema, '', known, name).filter(saysSomething), new Set()), ''];
}

function keyTable(keys: readonly Key[], sections: ReadonlySet<string>): readonly string[] {
  return table(
    ['Key', 'Type', 'Default', 'What it says'],
    keys.map((key) => {
      const name = code(key.path.replace(/^\./, ''));
      return [
        sections.has(key.path) ? `[${name}](#${anchorOf(key.path)})` : name,
        valueType(key.schema),
        defaultOf(key),
        [
          ...(key.schema.description === undefined ? [] : [proseWithRules(key.schema.description, RULES)]),
          ...(key.sameAs === undefined ? [] : [`Keys as those of \`${key.sameAs}\``]),
        ].join('. '),
      ];
    }),
  );
}

/** A mapping of which nothing is said has its keys beneath it, and no row of its own. */
function saysSomething({ schema, sameAs }: Key): boolean {
  return schema.description !== undefined || sameAs !== undefined || !hasKeys(schema);
}

function defaultOf({ schema, required }: Key): string {
  if (required !== false) return required === true ? '*needed*' : '*needed in this form*';
  const value = schema.default;
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return value === undefined || isEmpty ? '' : code(spelled(value));
}

function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}
