import type { ApiVerdict } from './api-verdict.js';
import { builtInGroups } from './built-in-kinds.js';
import { readSubject } from './subject.js';
import type { Task } from './worker-messages.js';

/** What is to be done with a resource: nothing where the verdict is plain, else a task for a worker. */
export type Plan = { readonly verdict: ApiVerdict } | { readonly task: Task };

/**
 * Decides what validates a resource.
 * @param text JSON
 * @param isDefined whether there is a definition for a group and kind, `group/Kind`
 */
export function planTask(text: string, isDefined: (key: string, group: string, kind: string) => boolean): Plan {
  const read = readSubject(text);
  if ('error' in read) return { verdict: { kind: 'rejected', errors: [read.error] } };
  const { subject } = read;
  if (builtInGroups.has(subject.group)) return { task: { text, subject, module: 'builtin', definition: undefined } };
  if (subject.group === 'apiextensions.k8s.io') {
    if (subject.kind !== 'CustomResourceDefinition') return { verdict: { kind: 'unknown-kind' } };
    return { task: { text, subject, module: 'custom', definition: undefined } };
  }
  const key = `${subject.group}/${subject.kind}`;
  if (!isDefined(key, subject.group, subject.kind)) return { verdict: { kind: 'unknown-kind' } };
  return { task: { text, subject, module: 'custom', definition: key } };
}
