import { isKustomization } from './kustomization-file.js';
import type { RepositoryFiles } from './repository-files.js';

const remote = /[^\s"'[\],{}]*(?::\/\/|git@|github\.com[/:]|\?ref=)[^\s"'[\],{}]*/g;

/**
 * The words in the kustomizations a build read that look like addresses of remote bases. kustomize does not always name the one it
 * stumbled over.
 * @param files the files, with the record of the build
 */
export function remoteReferences(files: RepositoryFiles): string[] {
  const decoder = new TextDecoder();
  const kustomizations = files.record().inputs.filter(isKustomization);
  const words = kustomizations.flatMap((path) => {
    const found = files.resolve(path);
    return found.kind === 'file' ? (decoder.decode(files.read(found.path)).match(remote) ?? []) : [];
  });
  return [...new Set(words)];
}
