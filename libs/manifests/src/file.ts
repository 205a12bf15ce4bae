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

/** What people do instead of editing a file that takes no patches. */
export const FILE_REMEDY = 'change that file.';

/** What people do instead of editing a file of an overlay. */
const PATCH_REMEDY = 'change that file, or add a patch under patches/ beside this one.';

/** A function that makes the manifests of one folder, which all come from the same declared file. */
export function manifestsIn(folder: string, from: string, layout: number, remedy = PATCH_REMEDY) {
  return (path: string, template: string, context: Context): Manifest => ({ path: `${folder}/${path}`, from, remedy, layout, template, context });
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
