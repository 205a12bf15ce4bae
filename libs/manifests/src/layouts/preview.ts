import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

import { previewLayout } from '@millrace/model';
import * as z from 'zod';

import type { Layout } from './layout.js';

/** What the module of a preview layout exports. */
const previewSchema = z.strictObject({
  since: z.string(),
  /** Absolute path of the folder of its templates. */
  templates: z.string(),
  plan: z.custom<NonNullable<Layout['plan']>>((value) => typeof value === 'function').optional(),
});

/** The layout that was asked for beside those that ship: none, or one. Throws where its module is none. */
export function loadPreview(): readonly Layout[] {
  if (previewLayout === undefined) return [];
  const { number, module } = previewLayout;
  const exported: unknown = createRequire(import.meta.url)(module);
  const { since, templates, plan } = previewSchema.parse(exported);
  return [{ number, since, templates: pathToFileURL(`${templates}/`), ...(plan === undefined ? {} : { plan }) }];
}
