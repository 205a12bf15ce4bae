import { readFileSync } from 'node:fs';

import Handlebars from 'handlebars';

import { templateFile } from './layouts/layouts.js';
import { literal, quoted, scalar, type Scalar } from './scalar.js';

/** A new repository's files are made once: they have no layouts. */
const repositoryTemplates = new URL('../templates/repository/', import.meta.url);

const handlebars = Handlebars.create();
handlebars.registerHelper('scalar', (value: unknown) => scalar(asScalar(value)));
handlebars.registerHelper('key', (value: unknown) => scalar(asScalar(value)));
handlebars.registerHelper('quoted', (value: unknown) => quoted(asScalar(value)));
handlebars.registerHelper('literal', (value: unknown, indent: unknown) => literal(String(asScalar(value)), Number(indent)));

const compiled = new Map<string, Handlebars.TemplateDelegate>();

/** What a template is filled with. Every name it mentions must be there; `undefined` is how to say that it has no value. */
export type Context = Readonly<Record<string, unknown>>;

/**
 * A template of a layout, or of a new repository, filled. Names are paths in its folder, without `.hbs`; each is read once, when first
 * filled. Throws where it would write a name that has no value; names that only `if` and `each` mention are held by a test.
 */
export function fill(layout: number | 'repository', name: string, context: Context): string {
  const key = `${layout}/${name}`;
  let template = compiled.get(key);
  if (template === undefined) {
    template = handlebars.compile(
      readFileSync(layout === 'repository' ? new URL(`${name}.hbs`, repositoryTemplates) : templateFile(layout, `${name}.hbs`), 'utf8'),
      {
        strict: true,
        noEscape: true,
        knownHelpers: { scalar: true, key: true, quoted: true, literal: true },
        knownHelpersOnly: true,
      },
    );
    compiled.set(key, template);
  }
  return template(context);
}

/**
 * A file of a layout as it stands, for a template to put in as one value: a script that a person reads and a test runs as a file of
 * its own. Names are paths in the layout's folder.
 */
export function verbatim(layout: number, name: string): string {
  const key = `${layout}/${name}`;
  let text = files.get(key);
  if (text === undefined) {
    text = readFileSync(templateFile(layout, name), 'utf8').replaceAll('\r\n', '\n');
    files.set(key, text);
  }
  return text;
}

const files = new Map<string, string>();

function asScalar(value: unknown): Scalar {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return value;
  throw new TypeError(`a template puts ${value === null ? 'null' : typeof value} where a scalar belongs`);
}
