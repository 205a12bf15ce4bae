import type { ApiError, ApiVerdict } from '@millrace/apiserver';
import type { Value, ValueMap } from '@millrace/kustomize';
import { newestPlatform } from '@millrace/model';

import { isCustomGroup, isNotValidated } from './built-in-groups.js';
import type { DefinitionFields } from './definition-fields.js';
import { fieldAt, formatPath, hasField, isList, isMap } from './field.js';
import { isSubstituted } from './placeholder.js';
import type { Offence } from './rule.js';
import { nameOf, type Subject } from './subject.js';

/** Kinds that Kubernetes moved out of extensions, which is long gone, and where they went. */
const MOVED: ReadonlyMap<string, string> = new Map([
  ['DaemonSet', 'apps/v1'],
  ['Deployment', 'apps/v1'],
  ['Ingress', 'networking.k8s.io/v1'],
  ['NetworkPolicy', 'networking.k8s.io/v1'],
  ['ReplicaSet', 'apps/v1'],
]);

/** Names the set where it is not the newest, which a person who looks at a page of today's operators has before them. */
function ofOlderSet({ platform }: Subject): string {
  return platform === newestPlatform ? '' : ` (platform ${platform})`;
}

/** What the API server's verdict on a resource says, by rule. */
export function schemaOffences(subject: Subject, verdict: ApiVerdict, fields: DefinitionFields): readonly (readonly [rule: string, offence: Offence])[] {
  const { apiVersion, kind } = subject.resource;
  switch (verdict.kind) {
    case 'accepted':
      return [];
    case 'rejected':
      return each(verdict.errors, subject, fields);
    case 'unknown-kind': {
      const moved = subject.group === 'extensions' ? MOVED.get(kind) : undefined;
      if (moved !== undefined) {
        const message = `${kind} is not served as ${apiVersion} (served: ${moved})`;
        return [['schema/version-not-served', { path: ['apiVersion'], message, fix: `Write apiVersion: ${moved}.` }]];
      }
      return [['schema/unknown-kind', { path: ['kind'], ...unknownKind(subject) }]];
    }
    case 'not-served': {
      const served = verdict.served.length === 0 ? 'no version of it is served' : `served: ${verdict.served.join(', ')}`;
      return [
        [
          'schema/version-not-served',
          { path: ['apiVersion'], message: `${kind} is not served as ${apiVersion} (${served})`, ...fixOf(subject, verdict.served) },
        ],
        // What was v1beta1 of a definition has another shape altogether: its errors as v1 are as many as it has fields.
        ...(kind === 'CustomResourceDefinition' ? [] : each(verdict.errors, subject, fields)),
      ];
    }
    case 'failed':
      return [['schema/no-answer', { path: [], message: `${nameOf(subject)} was not validated: ${verdict.message}` }]];
    case 'broken-schema':
      return [
        [
          'schema/broken-definition',
          { path: [], message: `${nameOf(subject)} was not validated, its definition ${verdict.definition} is broken: ${verdict.message}` },
        ],
      ];
  }
}

/** Nobody has a definition of a kind of Kubernetes' own: what to do is another thing there. */
function unknownKind(subject: Subject): Pick<Offence, 'message' | 'fix'> {
  const { apiVersion, kind } = subject.resource;
  if (isNotValidated(subject.group, kind)) {
    return {
      message: `${kind} of ${apiVersion} is Kubernetes' own, and not among the kinds that the check knows: ${nameOf(subject)} was not validated`,
      fix: 'Ask a cluster (`kubectl apply --dry-run=server`), and except the resource from this rule, with that for a reason.',
    };
  }
  const message = `nothing here defines ${kind} of ${apiVersion}: ${nameOf(subject)} was not validated${ofOlderSet(subject)}`;
  return isCustomGroup(subject.group) ? { message } : { message, fix: "Correct apiVersion or kind: the group is Kubernetes' own, and has no such kind." };
}

function fixOf({ group }: Subject, served: readonly string[]): { readonly fix?: string } {
  const newest = served[0];
  return newest === undefined ? {} : { fix: `Write apiVersion: ${group === '' ? '' : `${group}/`}${newest}.` };
}

/** What the server says of a resource, without what it says twice, and what it cannot know yet. */
function each(errors: readonly ApiError[], subject: Subject, fields: DefinitionFields): readonly (readonly [rule: string, offence: Offence])[] {
  const { body } = subject.resource;
  const told = new Set<string>();
  return errors.flatMap((error) => {
    if (isFilledInLater(error, body)) return [];
    // A workload without a selector selects none of its pods: that is the same mistake.
    if (/`selector` does not match template/.test(error.message) && !hasField(body, 'spec', 'selector')) return [];
    const [rule, offence] = offenceOf(error, subject, fields);
    // A value of the wrong type is none of those that are allowed either.
    const place = `${rule} ${formatPath(error.path)}`;
    if (rule === 'schema/invalid-value' && told.has(place)) return [];
    told.add(place);
    return [[rule, offence]];
  });
}

/** Whether the server refuses a text that is not yet what it will be. */
function isFilledInLater({ type, path, message }: ApiError, body: ValueMap): boolean {
  const value = fieldAt(body, ...path);
  if (typeof value === 'string') return isSubstituted(value);
  const quoted = /^(?:Invalid|Unsupported) value: "((?:[^"\\]|\\.)*)"/.exec(message)?.[1];
  return type !== 'rule' && quoted !== undefined && isSubstituted(quoted);
}

function offenceOf({ type, path, message: words }: ApiError, subject: Subject, fields: DefinitionFields): readonly [string, Offence] {
  // The server quotes what it refuses: not into a report where that may be a password.
  const isSecret = path.some((step) => typeof step === 'string' && /passw|secret|token|credential|private|data$/i.test(step));
  const message = isSecret ? words.replaceAll(/"(?:[^"\\]|\\.)*"/g, '"…"') : words;
  const field = path.every((step) => step === '') ? 'the resource' : formatPath(path);
  switch (type) {
    case 'unknown-field': {
      const nearest = fields.nearest(subject, path);
      const elsewhere = fields.platformsWith(subject, path);
      if (elsewhere.length > 0) {
        const fix = `Remove it, or set platform: ${elsewhere.map((name) => `"${name}"`).join(' or ')} for the environment.`;
        return ['schema/unknown-field', { path, message: `there is no field ${field} in platform ${subject.platform}`, fix }];
      }
      const fix = nearest === undefined ? {} : { fix: `Did you mean ${nearest}? Correct the name of the field, or remove it.` };
      return ['schema/unknown-field', { path, message: `there is no field ${field}`, ...fix }];
    }
    case 'required':
      return ['schema/missing-field', { path, message: `${field} is required${said(message, /^Required value:? ?/)}` }];
    case 'rule':
      return ['schema/validation-rule', { path, message: `${field}: ${message}` }];
    default: {
      const wanted = /in body must be of type (\w+)(?:: "\w+")?$/.exec(words)?.[1];
      if (wanted === undefined) return ['schema/invalid-value', { path, message: `${field}: ${message}` }];
      const value = fieldAt(subject.resource.body, ...path);
      const fix =
        typeof value === 'string' && wanted !== 'object' && wanted !== 'array'
          ? { fix: `Write a value of type ${wanted}, without quotes.` }
          : { fix: `Write a value of type ${wanted}.` };
      return ['schema/invalid-value', { path, message: `${field} must be of type ${wanted}, and is ${isSecret ? 'another' : described(value)}`, ...fix }];
    }
  }
}

/** A value as a person would name it. */
function described(value: Value | undefined): string {
  if (value === undefined || value === null) return 'null';
  if (isList(value)) return 'a list';
  if (isMap(value)) return 'a map';
  return typeof value === 'string' ? `the text ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}` : String(value);
}

/** What the server adds to its standard words. */
function said(message: string, standard: RegExp): string {
  const rest = message.replace(standard, '');
  return rest === '' || rest === message ? '' : `: ${rest}`;
}
