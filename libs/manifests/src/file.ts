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

/** Makes the manifests of one folder, by their path in it. */
export type ManifestsIn = (path: string, template: string, context: Context) => Manifest;

/** A function that makes the manifests of one folder, which all come from the same declared file. */
export function manifestsIn(folder: string, from: string, layout: number, remedy = PATCH_REMEDY): ManifestsIn {
  return (path, template, context) => ({ path: `${folder}/${path}`, from, remedy, layout, template, context });
}

/** The file's text, header included. */
export function textOf(manifest: Manifest): string {
  return generatedYaml(manifest.from, manifest.remedy, fill(manifest.layout, manifest.template, manifest.context));
}
