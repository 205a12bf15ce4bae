import { environmentSchema, millraceSchema, pipelineSchema, placementSchema, releaseSchema } from '@millrace/model';

import type { Page } from '../markdown.js';
import { filePage, type DeclaredFile } from './file-page.js';

/** The files that people declare, and the one that a release is known by, in the order in which somebody meets them. */
export const declaredFiles: readonly DeclaredFile[] = [
  { name: 'millrace.yaml', where: 'millrace.yaml', schema: millraceSchema, example: 'millrace.yaml' },
  {
    name: 'environment.yaml',
    where: 'environments/<environment>/environment.yaml',
    schema: environmentSchema,
    example: 'environments/prod/environment.yaml',
  },
  { name: 'pipeline.yaml', where: 'apps/<pipeline>/pipeline.yaml', schema: pipelineSchema, example: 'apps/order-processor/pipeline.yaml' },
  {
    name: 'placement.yaml',
    where: 'environments/<environment>/pipelines/<pipeline>/placement.yaml',
    schema: placementSchema,
    example: 'environments/prod/pipelines/order-processor/placement.yaml',
  },
  {
    name: 'release.yaml',
    where: 'apps/<pipeline>/releases/<version>/release.yaml',
    schema: releaseSchema,
    example: 'apps/order-processor/releases/1.0.0/release.yaml',
  },
];

/** A page for every declared file. */
export function filePages(text: (path: string) => string): readonly Page[] {
  return declaredFiles.map((file) => filePage(file, text));
}
