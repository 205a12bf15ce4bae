import { existsSync } from 'node:fs';

import { LAYOUTS } from '@millrace/model';

import type { Layout, PlannedFile } from './layout.js';
import { loadPreview } from './preview.js';

const templates = new URL('../../templates/', import.meta.url);

/** Every layout that this Millrace makes, oldest first, a preview included; their numbers are the model's LAYOUTS. */
export const layouts: readonly Layout[] = [{ number: 1, since: '0.1.0', templates: new URL('1/', templates) }, ...loadPreview()];

const chains = new Map(layouts.map(({ number }, index) => [number, layouts.slice(0, index + 1)]));

/** A layout and those it builds on, oldest first. Throws for a number that Millrace does not make: the rules refuse it before. */
function chainOf(number: number): readonly Layout[] {
  const chain = chains.get(number);
  if (chain === undefined) throw new RangeError(`there is no layout ${number}: ${LAYOUTS.join(', ')}`);
  return chain;
}

/** Where a layout has a file of its templates folder: in its own, or in that of the nearest layout before. */
export function templateFile(layout: number, name: string): URL {
  const found = chainOf(layout).findLast((candidate) => existsSync(new URL(name, candidate.templates)));
  if (found === undefined) throw new RangeError(`layout ${layout} has no ${name}`);
  return new URL(name, found.templates);
}

/** What a layout makes of a file that was planned as in the first one. */
export function inLayout<T extends PlannedFile>(layout: number, file: T): readonly T[] {
  const later = chainOf(layout).flatMap(({ plan }) => plan ?? []);
  return later.reduce<readonly T[]>((files, plan) => files.flatMap((one) => plan(one).map((planned) => ({ ...one, ...planned }))), [file]);
}
