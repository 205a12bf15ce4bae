import { generatedYaml } from '@millrace/model';

import { fill, type Context } from './template.js';

/** A generated file before its text: where, from which declared file, by which template. */
export interface Manifest {
  readonly path: string;
  readonly from: string;
  /** What to do instead of editing the file. */
  readonly remedy: string;
  readonly layout: number;
  readonly template: string;
  readonly context: Context;
}

/** The file's text, header included. */
export function textOf(manifest: Manifest): string {
  return generatedYaml(manifest.from, manifest.remedy, fill(manifest.layout, manifest.template, manifest.context));
}

/** A configuration in the order of its keys, so that nobody's file changes because somebody else's line moved. */
export function sorted<T>(entries: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** An empty mapping as no mapping: a template's `if` takes `{}` for true. */
export function unlessEmpty<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> | undefined {
  return Object.keys(entries).length === 0 ? undefined : entries;
}
