import type { Problem } from '@millrace/model';

const PIPELINE = /^(?:apps|environments\/[^/]+\/pipelines)\/([^/]+)\//;

/**
 * Whether a notice is about what a command touches: the same pipeline, wherever its files are; the same environment, for what is said of
 * its environment.yaml; the same overlay, for what is said of a file in it. What has no such place is everybody's.
 */
export function concerns({ file }: Pick<Problem, 'file'>, touched: readonly string[]): boolean {
  if (file === undefined) return true;
  const pipeline = PIPELINE.exec(file)?.[1];
  if (pipeline !== undefined) return touched.some((path) => PIPELINE.exec(path)?.[1] === pipeline);
  const folder = /^(environments\/.+?)\/(?:patches\/)?[^/]+$/.exec(file)?.[1];
  return folder === undefined || touched.some((path) => path.startsWith(`${folder}/`));
}
