import type { ValueMap } from '@millrace/kustomize';

import { textAt } from '../../field.js';
import type { Candidate } from './build.js';

/** Whether a patch's target takes a candidate, as kustomize decides it (resWrangler.Select); true where that cannot be known. */
export function takes(target: ValueMap, candidate: Candidate): boolean {
  const { group, version, kind, original, current } = candidate;
  return (
    (fits(textAt(target, 'namespace'), original.namespace) || fits(textAt(target, 'namespace'), current.namespace)) &&
    (fits(textAt(target, 'name'), original.name) || fits(textAt(target, 'name'), current.name)) &&
    fits(textAt(target, 'group'), group) &&
    fits(textAt(target, 'version'), version) &&
    fits(textAt(target, 'kind'), kind) &&
    chooses(textAt(target, 'labelSelector'), candidate.labels) &&
    chooses(textAt(target, 'annotationSelector'), candidate.annotations)
  );
}

/** A pattern of kustomize is a regular expression for the whole text; none fits everything. */
function fits(pattern: string | undefined, text: string): boolean {
  if (!pattern) return true;
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    // Go knows expressions that JavaScript does not.
    return true;
  }
}

/** @param marks labels or annotations; undefined where they are not known */
function chooses(selector: string | undefined, marks: ReadonlyMap<string, string> | undefined): boolean {
  if (!selector || marks === undefined) return true;
  return requirementsOf(selector).every((requirement) => holds(requirement.trim(), marks));
}

/** A selector's requirements: commas part them, except between parentheses. */
function requirementsOf(selector: string): readonly string[] {
  return selector.match(/(?:\([^)]*\)|[^,(])+/g) ?? [];
}

function holds(requirement: string, marks: ReadonlyMap<string, string>): boolean {
  const exists = /^(!?)\s*([^\s=!<>(),]+)$/.exec(requirement);
  if (exists !== null) return marks.has(exists[2] ?? '') !== (exists[1] === '!');
  const equals = /^([^\s=!]+)\s*(==|=|!=)\s*([^\s=!]*)$/.exec(requirement);
  if (equals !== null) return (marks.get(equals[1] ?? '') === equals[3]) !== (equals[2] === '!=');
  const among = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(requirement);
  if (among === null) return true;
  const values = (among[3] ?? '').split(',').map((value) => value.trim());
  const value = marks.get(among[1] ?? '');
  return (value !== undefined && values.includes(value)) !== (among[2] === 'notin');
}
