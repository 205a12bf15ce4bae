import { closest, distance } from 'fastest-levenshtein';
import * as z from 'zod';

import { fieldOf } from './mapping.js';

/** What a schema refused, before it has a place in a file. */
export interface Complaint {
  readonly path: readonly PropertyKey[];
  /** Whether the key itself is wrong, or what it holds. */
  readonly at: 'key' | 'value';
  readonly message: string;
  readonly remedy: string;
}

/** One issue of a schema as sentences for its reader; several where it is about several keys. */
export function describeIssue(issue: z.core.$ZodIssue, schema: z.core.$ZodType): readonly Complaint[] {
  const schemaThere = schemaAt(schema, issue.path);
  const name = issue.path.length === 0 ? 'the file' : issue.path.map(String).join('.');
  if (issue.input === undefined && issue.path.length > 0 && ['invalid_type', 'invalid_union', 'invalid_value'].includes(issue.code)) {
    return [{ path: issue.path.slice(0, -1), at: 'value', message: `${name} is missing`, remedy: `Add ${String(issue.path.at(-1))}${example(schemaThere)}.` }];
  }
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...issue.path, key],
        at: 'key',
        message: `${key} is not a key of ${name}`,
        remedy: suggestKey(key, schemaThere),
      }));
    case 'invalid_key': {
      const key = String(issue.path.at(-1));
      return issue.issues.map((inner) => ({ path: issue.path, at: 'key', message: `"${key}": ${inner.message}`, remedy: `Rename the key ${key}.` }));
    }
    case 'invalid_type':
      if (issue.input === null) {
        return [
          {
            path: issue.path,
            at: 'key',
            message: `${name} has no value`,
            remedy: `Write a value${example(schemaThere)}; {} is an empty mapping; or remove ${String(issue.path.at(-1) ?? 'it')}.`,
          },
        ];
      }
      return [complain(issue, name, schemaThere)];
    case 'invalid_union': {
      const [first] = issue.errors;
      // Each member of an union would be an error of its own; the union's own words say what is expected.
      return first === undefined || issue.message !== 'Invalid input'
        ? [complain(issue, name, schemaThere)]
        : first.flatMap((inner) => describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, schema));
    }
    default:
      return [complain(issue, name, schemaThere)];
  }
}

function complain(issue: z.core.$ZodIssue, name: string, schema: z.core.$ZodType | undefined): Complaint {
  return {
    path: issue.path,
    at: 'value',
    message: `${name}: ${issue.message
      .replace(/^Invalid input: /, '')
      .replace('received', 'got')
      .replace(/\b(?:record|object)\b/, 'a mapping')
      .replace(/\barray\b/, 'a list')}`,
    remedy: `Correct the value${example(schema)}.`,
  };
}

function example(schema: z.core.$ZodType | undefined): string {
  const examples: unknown = schema === undefined ? undefined : z.globalRegistry.get(schema)?.['examples'];
  const first: unknown = Array.isArray(examples) ? examples[0] : undefined;
  return typeof first === 'string' || typeof first === 'number' ? `, for example ${first}` : '';
}

function suggestKey(key: string, schema: z.core.$ZodType | undefined): string {
  const object = schema === undefined ? undefined : unwrap(schema);
  const known = object instanceof z.ZodObject ? Object.keys(object.shape) : [];
  if (known.length === 0) return `Remove ${key}.`;
  const nearest = closest(key, known);
  const guess = distance(key, nearest) <= Math.max(2, key.length / 3) ? `Did you mean ${nearest}? ` : '';
  return `${guess}Known here: ${known.join(', ')}.`;
}

/** The schema that holds at a path; undefined where the path leaves what the schema knows. */
function schemaAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): z.core.$ZodType | undefined {
  let here: z.core.$ZodType | undefined = schema;
  for (const step of path) {
    const inner: z.core.$ZodType | undefined = here === undefined ? undefined : unwrap(here);
    if (inner instanceof z.ZodObject) here = property(inner, String(step));
    else if (inner instanceof z.ZodRecord) here = inner.valueType;
    else if (inner instanceof z.ZodArray) here = inner.element;
    else return undefined;
  }
  return here;
}

function property(object: z.ZodObject, name: string): z.core.$ZodType | undefined {
  const found = fieldOf(object.shape, name);
  return found instanceof z.ZodType ? found : undefined;
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return unwrap(schema.def.innerType);
  if (schema instanceof z.ZodPipe) return unwrap(schema.def.in);
  return schema;
}
