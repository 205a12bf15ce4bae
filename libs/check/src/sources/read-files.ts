import type { Value } from '@millrace/kustomize';
import type { PlatformName } from '@millrace/model';

import { isList, isMap } from '../field.js';
import { textOf, type Disk } from './disk.js';
import type { LeftOut } from './gather.js';
import { readManifests } from './read-manifests.js';
import type { Mark } from './read-yaml.js';
import type { Subject } from '../subject.js';

/** Something that keeps a file from being read as it stands. */
export interface ReadingOffence {
  readonly rule: 'yaml/unreadable' | 'yaml/duplicate-key' | 'yaml/no-kind';
  readonly file: string;
  readonly mark: Mark;
  readonly message: string;
}

/** What the plain files of a run hold. */
export interface FilesRead {
  readonly subjects: readonly Subject[];
  readonly leftOut: readonly LeftOut[];
  readonly offences: readonly ReadingOffence[];
}

/** Where the resources of a file go. */
export type Deployed = Pick<Subject, 'scope' | 'platform'>;

/** The name that findings in standard input are reported under. */
export const STANDARD_INPUT = '<stdin>';

/**
 * Reads files that may hold resources. A file of a folder that has no resource in it is left out; one that says it has, and cannot
 * be read, is an offence.
 * @param deployedAs what a file's resources are deployed together with, and what they are checked against
 */
export function readFiles(disk: Disk, files: readonly string[], deployedAs: (file: string) => Deployed): FilesRead {
  const subjects: Subject[] = [];
  const leftOut: LeftOut[] = [];
  const offences: ReadingOffence[] = [];
  for (const file of files) {
    const content = disk.file(file);
    if (content.kind === 'text') {
      const read = readText(file, content.text, deployedAs(file));
      subjects.push(...read.subjects);
      // JSON is everywhere and mostly nobody's manifest: only YAML is counted.
      leftOut.push(...read.leftOut.filter(() => !file.endsWith('.json')));
      offences.push(...read.offences);
    } else if (content.kind === 'unreadable') {
      offences.push({ rule: 'yaml/unreadable', file, mark: { line: 1, column: 1 }, message: `this file cannot be read: ${content.message}` });
    }
  }
  return { subjects, leftOut, offences };
}

/** Reads resources from standard input. */
export function readStandardInput(bytes: Uint8Array, platform: PlatformName): FilesRead & { readonly text: string } {
  const content = textOf(bytes);
  // Nothing comes from a command before the pipe that failed: it must not pass for manifests without a fault.
  if (content.kind === 'text' && content.text.trim() !== '') return { ...readText(STANDARD_INPUT, content.text, { scope: '', platform }), text: content.text };
  const message = content.kind === 'unreadable' ? content.message : 'there is nothing';
  return {
    subjects: [],
    leftOut: [],
    text: '',
    offences: [{ rule: 'yaml/unreadable', file: STANDARD_INPUT, mark: { line: 1, column: 1 }, message: `standard input cannot be read: ${message}` }],
  };
}

function readText(file: string, text: string, { scope, platform }: Deployed): FilesRead {
  const nothing = { subjects: [], leftOut: [], offences: [] };
  // Whatever it is, it is no manifest; so it need not be YAML either.
  if (!/\b(?:apiVersion|kind)\b/i.test(text)) return text.trim() === '' ? nothing : { ...nothing, leftOut: [{ file, why: 'not Kubernetes' }] };
  const offence = (rule: ReadingOffence['rule'], { line, column }: Mark, message: string): ReadingOffence => ({ rule, file, mark: { line, column }, message });
  const reading = readManifests(file, text, scope, platform);
  const template = templateOf(text);
  switch (reading.kind) {
    case 'manifests':
      // `name: {{ .Values.name }}` is YAML too: a map whose key is a map.
      if (template !== undefined && reading.subjects.some(({ resource }) => hasMapAsKey(resource.body)))
        return { ...nothing, leftOut: [{ file, why: template }] };
      return {
        ...nothing,
        subjects: reading.subjects,
        offences: [
          ...(reading.duplicate === undefined ? [] : [offence('yaml/duplicate-key', reading.duplicate, reading.duplicate.message)]),
          ...reading.incomplete.map(({ mark, message }) => offence('yaml/no-kind', mark, message)),
        ],
      };
    case 'other':
      return { ...nothing, leftOut: [{ file, why: template ?? 'not Kubernetes' }] };
    case 'broken':
      if (!/\bapiVersion\b/.test(text)) return { ...nothing, leftOut: [{ file, why: 'not Kubernetes' }] };
      if (template !== undefined) return { ...nothing, leftOut: [{ file, why: template }] };
      return { ...nothing, offences: [offence('yaml/unreadable', reading.mark, `this is not YAML: ${reading.message}`)] };
  }
}

/** What a text is that has actions of Go templates, or tags of Jinja's, where YAML would have a value or an entry. */
function templateOf(text: string): LeftOut['why'] | undefined {
  if (/^\s*\{%/m.test(text)) return 'a template of another tool';
  return /(?:^|[:-]\s+)\s*\{\{/m.test(text) ? 'a Helm template' : undefined;
}

/** js-yaml's name for a key that is no scalar; Kubernetes has no such key. */
function hasMapAsKey(value: Value): boolean {
  if (isList(value)) return value.some(hasMapAsKey);
  return isMap(value) && Object.entries(value).some(([key, item]) => key === '[object Object]' || hasMapAsKey(item));
}
