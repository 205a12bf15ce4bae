import { readProvenance } from '@millrace/model';

/** Whether Argo CD applies a generated file as it is: it lies in no overlay. */
export function isAppliedAsIs(path: string): boolean {
  return /^environments\/[^/]+\/(?:argocd\/(?:platform|pipelines)|credentials)\/[^/]+\.yaml$/.test(path);
}

/** A file without the header, whose checksum says nothing to a person. */
export function bodyOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const provenance = readProvenance(text);
  return provenance.kind === 'foreign' ? text : provenance.body;
}
