import type { FlinkVersion } from './flink-version.js';

export interface ImageName {
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Reads `registry:5000/team/app:1.2@sha256:...`. */
export function imageOf(text: string): ImageName {
  const [name = '', digest] = text.trim().split('@', 2);
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/')
    ? { repository: name.slice(0, colon), tag: name.slice(colon + 1), digest }
    : { repository: name, tag: undefined, digest };
}

const stockRepositories = new Set(['flink', 'library/flink', 'apache/flink', 'ghcr.io/apache/flink-docker', 'public.ecr.aws/docker/library/flink']);

/** Whether an image is the one that the Flink project publishes, and not one made from it. */
export function isStockImage({ repository }: ImageName): boolean {
  return stockRepositories.has(repository.replace(/^(?:docker\.io|index\.docker\.io|registry-1\.docker\.io|mirror\.gcr\.io)\//, ''));
}

/** The Flink in a stock image, as its tag says: `1.20.1-java17`; the patch is undefined where the tag follows a minor. */
export function flinkOf({ tag }: ImageName): (FlinkVersion & { readonly patch: number | undefined }) | undefined {
  const [, major, minor, patch] = /^(\d+)\.(\d+)(?:\.(\d+))?(?:-|$)/.exec(tag ?? '') ?? [];
  if (major === undefined || minor === undefined) return undefined;
  return { major: Number(major), minor: Number(minor), patch: patch === undefined ? undefined : Number(patch) };
}
