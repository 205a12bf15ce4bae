import { FAILSAFE_SCHEMA, load, Type } from 'js-yaml';
import type { Value, ValueMap } from './value.js';

/** One resource of a rendered overlay. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent where the resource names none. */
  readonly namespace?: string;
  readonly name: string;
  /** The whole resource, `apiVersion` and `metadata` included. */
  readonly body: ValueMap;
  /** The resource's own document of the rendered YAML. */
  readonly text: string;
}

// kustomize prints from JSON and quotes every string that any YAML could take for something else. So what is plain and looks like a
// JSON literal is one, and all else is text: YAML 1.1's `yes` and `0755` need not be known here.
const schema = FAILSAFE_SCHEMA.extend({
  implicit: [
    new Type('tag:yaml.org,2002:null', { kind: 'scalar', resolve: (text: unknown) => text === 'null' || text === null, construct: () => null }),
    new Type('tag:yaml.org,2002:bool', {
      kind: 'scalar',
      resolve: (text: unknown) => text === 'true' || text === 'false',
      construct: (text: unknown) => text === 'true',
    }),
    new Type('tag:yaml.org,2002:int', {
      kind: 'scalar',
      resolve: (text: string) => /^-?(0|[1-9]\d*)$/.test(text),
      construct: (text: string) => BigInt(text),
    }),
    new Type('tag:yaml.org,2002:float', {
      kind: 'scalar',
      resolve: (text: string) => /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(text),
      construct: (text: string) => Number(text),
    }),
  ],
});

/**
 * Reads what kustomize printed.
 * @param yaml a rendered overlay's YAML, of any engine; not YAML that a person wrote, which may say more than JSON can
 * @returns the resources in the order they were printed
 * @throws {Error} if a document is not YAML, or is no resource: no map with `apiVersion`, `kind` and `metadata.name`
 */
export function readResources(yaml: string): Resource[] {
  return yaml
    .split(/^---\n/m)
    .filter((document) => document.trim() !== '')
    .map((document) => readResource(document));
}

function readResource(text: string): Resource {
  const body: unknown = load(text, { schema });
  if (!isMap(body)) throw new Error(`not a resource:\n${text}`);
  const { apiVersion, kind, metadata } = body;
  const { name, namespace } = isMap(metadata) ? metadata : {};
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') {
    throw new Error(`not a resource: apiVersion, kind or metadata.name is missing:\n${text}`);
  }
  return { apiVersion, kind, ...(typeof namespace === 'string' ? { namespace } : {}), name, body, text };
}

function isMap(value: unknown): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isValue);
}

function isValue(value: unknown): value is Value {
  switch (typeof value) {
    case 'string':
    case 'bigint':
    case 'boolean':
    case 'number':
      return true;
    case 'object':
      return value === null || (Array.isArray(value) ? value.every(isValue) : isMap(value));
    default:
      return false;
  }
}
