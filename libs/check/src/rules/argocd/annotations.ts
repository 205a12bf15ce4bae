import { fieldAt, listAt, scalarText, textAt, type FieldPath } from '../../field.js';
import type { Subject } from '../../subject.js';
import { applicationSpec } from './application-spec.js';

/** A sync option as somebody wrote it, and where. */
export interface SyncOption {
  /** Without space around it. */
  readonly text: string;
  readonly path: FieldPath;
}

const OPTIONS: FieldPath = ['metadata', 'annotations', 'argocd.argoproj.io/sync-options'];
export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';

/** The sync options that a resource has for itself: one annotation, separated by commas (gitops-engine, resource/annotations.go). */
export function ownSyncOptions({ resource }: Subject): readonly SyncOption[] {
  const annotation = textAt(resource.body, ...OPTIONS);
  return annotation === undefined ? [] : annotation.split(',').map((text) => ({ text: text.trim(), path: OPTIONS }));
}

/** The sync options that an Application, or the template of an ApplicationSet, has for all that it delivers. */
export function deliverySyncOptions(application: Subject): readonly SyncOption[] {
  const { at, spec } = applicationSpec(application);
  const list = ['syncPolicy', 'syncOptions'];
  return listAt(spec, ...list).flatMap((item, index) => (typeof item === 'string' ? [{ text: item.trim(), path: [...at, ...list, index] }] : []));
}

/** Whether one of some options is among those that are looked for, each written as Argo CD compares it. */
export function hasOption(options: readonly SyncOption[], ...wanted: readonly string[]): boolean {
  return options.some(({ text }) => wanted.includes(text));
}

/** The wave of a resource; undefined where hooks, or nobody, say when it is applied. */
export function waveOf({ resource }: Subject): number | undefined {
  const annotations = fieldAt(resource.body, 'metadata', 'annotations');
  if (fieldAt(annotations, 'argocd.argoproj.io/hook') !== undefined || fieldAt(annotations, 'helm.sh/hook') !== undefined) return undefined;
  const wave = scalarText(fieldAt(annotations, SYNC_WAVE));
  if (wave === undefined) return 0;
  // What is no number is a finding of its own.
  return /^[-+]?\d+$/.test(wave) ? Number(wave) : undefined;
}
