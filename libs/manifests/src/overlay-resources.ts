import type { Workspace } from '@millrace/model';
import { parseAllDocuments } from 'yaml';

import { fill } from './template.js';
import type { Manifest } from './file.js';
import { plan } from './manifests.js';
import { basesOf } from './pipeline/bases.js';
import { placed } from './pipeline/placed.js';

/** A resource that an overlay gives before people's patches: what a patch can name, and what it may not lose. */
export interface OverlayResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The resources of some overlay folders, by folder: bases and generated patches merged, as kustomize does for custom resources. */
export function overlayResources(workspace: Workspace, folders: ReadonlySet<string>): ReadonlyMap<string, readonly OverlayResource[]> {
  const texts = new Map([...folders].map((folder): [string, string[]] => [folder, baseTexts(workspace, folder)]));
  for (const manifest of plan(workspace)) {
    const folder = manifest.path.slice(0, manifest.path.lastIndexOf('/'));
    if (manifest.template !== 'kustomization') texts.get(folder)?.push(fillManifest(manifest));
  }
  return new Map([...texts].map(([folder, documents]) => [folder, mergeAll(documents.flatMap(readResources))]));
}

function fillManifest({ layout, template, context }: Manifest): string {
  return fill(layout, template, context);
}

/** What the base of a pipeline's overlay has; `next` and a release of the same declaration are the same. */
function baseTexts(workspace: Workspace, folder: string): string[] {
  const [, environment, section, pipeline, part] = folder.split('/');
  if (environment === undefined || section !== 'pipelines' || pipeline === undefined) return [];
  const here = placed(workspace, environment, pipeline);
  if (here === undefined) return [];
  const base = part === undefined || part === 'flink' ? here.environment.flink.mode : part;
  return basesOf(here.pipeline, here.foreign)
    .filter(({ path, template }) => path.startsWith(`${base}/`) && template !== 'kustomization')
    .map(({ template, context }) => fill(here.environment.layout, template, context));
}

function readResources(text: string): readonly OverlayResource[] {
  return parseAllDocuments(text).flatMap((document) => {
    const body: unknown = 'toJS' in document ? document.toJS() : undefined;
    if (!isRecord(body)) return [];
    const { apiVersion, kind, metadata } = body;
    const name = isRecord(metadata) ? metadata['name'] : undefined;
    return typeof apiVersion === 'string' && typeof kind === 'string' && typeof name === 'string' ? [{ apiVersion, kind, name, body }] : [];
  });
}

function mergeAll(resources: readonly OverlayResource[]): readonly OverlayResource[] {
  const merged = new Map<string, OverlayResource>();
  for (const resource of resources) {
    const key = `${resource.apiVersion} ${resource.kind} ${resource.name}`;
    const before = merged.get(key);
    if (resource.body['$patch'] === 'delete') merged.delete(key);
    else merged.set(key, before === undefined ? resource : { ...resource, body: merge(before.body, resource.body) });
  }
  return [...merged.values()];
}

function merge(base: Readonly<Record<string, unknown>>, patch: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    const before = result[key];
    result[key] = isRecord(before) && isRecord(value) ? merge(before, value) : value;
  }
  return result;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
