import type { ApiError, ApiVerdict } from '@millrace/apiserver';

import { formatPath } from './field.js';
import type { Offence } from './rule.js';
import { nameOf, type Subject } from './subject.js';

/** What the API server's verdict on a resource says, by rule. */
export function schemaOffences(subject: Subject, verdict: ApiVerdict): readonly (readonly [rule: string, offence: Offence])[] {
  const { apiVersion, kind } = subject.resource;
  switch (verdict.kind) {
    case 'accepted':
      return [];
    case 'rejected':
      return verdict.errors.map(offenceOf);
    case 'unknown-kind':
      return [['schema/unknown-kind', { path: ['kind'], message: `nothing here defines ${kind} of ${apiVersion}: ${nameOf(subject)} was not validated` }]];
    case 'not-served': {
      const served = verdict.served.length === 0 ? 'no version of it is served' : `served: ${verdict.served.join(', ')}`;
      return [
        [
          'schema/version-not-served',
          { path: ['apiVersion'], message: `${kind} is not served as ${apiVersion} (${served})`, ...fixOf(subject, verdict.served) },
        ],
        ...verdict.errors.map(offenceOf),
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

function fixOf({ group }: Subject, served: readonly string[]): { readonly fix?: string } {
  const newest = served[0];
  return newest === undefined ? {} : { fix: `Write apiVersion: ${group === '' ? '' : `${group}/`}${newest}.` };
}

function offenceOf({ type, path, message }: ApiError): readonly [string, Offence] {
  const field = path.length === 0 ? 'the resource' : formatPath(path);
  switch (type) {
    case 'unknown-field':
      return ['schema/unknown-field', { path, message: `there is no field ${field}` }];
    case 'required':
      return ['schema/missing-field', { path, message: `${field} is required${said(message, /^Required value:? ?/)}` }];
    case 'rule':
      return ['schema/validation-rule', { path, message: `${field}: ${message}` }];
    default:
      return ['schema/invalid-value', { path, message: `${field}: ${message}` }];
  }
}

/** What the server adds to its standard words. */
function said(message: string, standard: RegExp): string {
  const rest = message.replace(standard, '');
  return rest === '' || rest === message ? '' : `: ${rest}`;
}
