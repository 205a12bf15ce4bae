import { posix } from 'node:path';

/**
 * Where everything lives in a repository. Paths are relative to its root, with POSIX separators; names that become
 * part of one have passed the schemas in names.ts.
 */

export const MILLRACE_FILE = 'millrace.yaml';

export const environmentFolder = (environment: string): string => `environments/${environment}`;
export const environmentFile = (environment: string): string => `${environmentFolder(environment)}/environment.yaml`;

export const pipelineFolder = (pipeline: string): string => `apps/${pipeline}`;
export const pipelineFile = (pipeline: string): string => `${pipelineFolder(pipeline)}/pipeline.yaml`;
export const nextFolder = (pipeline: string): string => `${pipelineFolder(pipeline)}/next`;
export const releasesFolder = (pipeline: string): string => `${pipelineFolder(pipeline)}/releases`;
export const releaseFolder = (pipeline: string, version: string): string => `${releasesFolder(pipeline)}/${version}`;

export const placementFolder = (environment: string, pipeline: string): string => `${environmentFolder(environment)}/pipelines/${pipeline}`;
export const placementFile = (environment: string, pipeline: string): string => `${placementFolder(environment, pipeline)}/placement.yaml`;

/** Applications and projects: of an environment's platform, and of the pipelines in it. */
export const argocdPlatformFolder = (environment: string): string => `${environmentFolder(environment)}/argocd/platform`;
export const argocdPipelinesFolder = (environment: string): string => `${environmentFolder(environment)}/argocd/pipelines`;
/** What lets credentials out of an environment's Kafka namespaces, and into them: a file a pipeline. */
export const credentialsFolder = (environment: string): string => `${environmentFolder(environment)}/credentials`;

/** Whether Argo CD applies the files of a folder as they stand: it is no overlay, so nothing in it is patched. */
export function isAppliedAsIs(folder: string): boolean {
  const environment = folder.split('/')[1] ?? '';
  return [argocdPlatformFolder, argocdPipelinesFolder, credentialsFolder].some((folderIn) => folderIn(environment) === folder);
}

/** The folder of the bases that a placement pins: `next`, or a release's. */
export function pinnedFolder(pipeline: string, release: string): string {
  return release === 'next' ? nextFolder(pipeline) : releaseFolder(pipeline, release);
}

/** `to` as seen from the folder `from`, as kustomize wants it. */
export function relativePath(from: string, to: string): string {
  return posix.relative(from, to);
}

/**
 * Whether a path stays inside the repository by its spelling: relative, normal, without `..`, backslash or control
 * characters. Symbolic links are the file sources' business.
 */
export function isInsideRepository(path: string): boolean {
  if (path === '' || path.startsWith('/') || /[\\\p{Cc}]/u.test(path) || /^[a-zA-Z]:/.test(path)) return false;
  return posix.normalize(path) === path && path !== '.' && path !== '..' && !path.startsWith('../');
}
