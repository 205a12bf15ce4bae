import type { Workspace } from '@millrace/model';

import { fill } from './template.js';
import { plan } from './manifests.js';
import { mergedResources, type OverlayResource } from './merged-resources.js';
import { basesIn } from './pipeline/bases.js';
import { placed } from './pipeline/placed.js';

/**
 * The resources of some overlay folders, by folder: bases and generated patches merged, as kustomize does for custom resources.
 * A folder that is no overlay is not among them.
 */
export function overlayResources(workspace: Workspace, folders: ReadonlySet<string>): ReadonlyMap<string, readonly OverlayResource[]> {
  const texts = new Map([...folders].map((folder): [string, string[]] => [folder, baseTexts(workspace, folder)]));
  const overlays = new Set<string>();
  for (const manifest of plan(workspace)) {
    const folder = manifest.path.slice(0, manifest.path.lastIndexOf('/'));
    if (manifest.template === 'kustomization') overlays.add(folder);
    else texts.get(folder)?.push(fill(manifest.layout, manifest.template, manifest.context));
  }
  return new Map([...texts].filter(([folder]) => overlays.has(folder)).map(([folder, documents]) => [folder, mergedResources(documents)]));
}

/** What the base of a pipeline's overlay has; `next` and a release of the same declaration are the same. */
function baseTexts(workspace: Workspace, folder: string): string[] {
  const [, environment, section, pipeline, part] = folder.split('/');
  if (environment === undefined || section !== 'pipelines' || pipeline === undefined) return [];
  const here = placed(workspace, environment, pipeline);
  if (here === undefined) return [];
  const base = part === undefined || part === 'flink' ? here.environment.flink.mode : part;
  return basesIn(here.layout, here.pipeline, here.foreign)
    .filter(({ path, template }) => path.startsWith(`${base}/`) && template !== 'kustomization')
    .map(({ template, context }) => fill(here.layout, template, context));
}
