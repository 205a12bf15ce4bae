import { code, either } from '../markdown.js';
import { hasKeys } from './keys.js';
import { valuesOf, type Schema } from './schema.js';

/** What a key's value is, in words, with an example where the schema has one. */
export function valueType(schema: Schema): string {
  const [example] = examplesOf(schema);
  // A default is example enough.
  const shown = typeof schema.default === 'string' ? undefined : example;
  return shown === undefined ? kindOf(schema) : `${kindOf(schema)}, such as ${code(shown)}`;
}

function kindOf(schema: Schema): string {
  if (schema.const !== undefined) return code(spelled(schema.const));
  if (schema.enum !== undefined) return either(schema.enum.map((value) => code(spelled(value))));
  if (schema.anyOf !== undefined) return schema.anyOf.some(isAnything) ? 'value' : either([...new Set(schema.anyOf.map(kindOf))]);
  switch (schema.type) {
    case 'string':
      return 'text';
    case 'boolean':
      return '`true` or `false`';
    case 'integer':
      return `whole number${range(schema)}`;
    case 'number':
      return `number${range(schema)}`;
    case 'array':
      return schema.items === undefined || hasKeys(schema.items) ? 'list' : `list of ${plural(schema.items)}`;
    case 'object': {
      const values = valuesOf(schema);
      return values === undefined
        ? 'mapping'
        : hasKeys(values)
          ? 'mapping by name'
          : kindOf(values) === 'value'
            ? 'settings: names to values'
            : `mapping of names to ${kindOf(values)}`;
    }
    default:
      return 'value';
  }
}

/** A schema that says nothing: zod writes it for what JSON has no word for, a large integer. */
function isAnything(schema: Schema): boolean {
  return Object.keys(schema).length === 0;
}

function plural(schema: Schema): string {
  const kind = kindOf(schema);
  return kind === 'text' ? 'texts' : kind.startsWith('whole number') ? kind.replace('number', 'numbers') : kind;
}

function range({ minimum, maximum }: Schema): string {
  // Zod writes the limits of a safe integer where there are none.
  const low = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? undefined : minimum;
  const high = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (low === undefined) return high === undefined ? '' : `, at most ${high}`;
  return high === undefined ? `, ${low} or more` : `, ${low} to ${high}`;
}

function examplesOf(schema: Schema): readonly string[] {
  if (schema.enum !== undefined || schema.const !== undefined) return [];
  const parts = schema.type === 'array' && schema.items !== undefined ? [schema.items] : (schema.anyOf ?? []);
  return [...(schema.examples ?? []).map(spelled), ...parts.flatMap(examplesOf)];
}

/** A value as YAML, on one line. */
export function spelled(value: unknown): string {
  return typeof value === 'string' ? value : Array.isArray(value) ? `[${value.map(spelled).join(', ')}]` : mappingOrScalar(value);
}

function mappingOrScalar(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([key, entry]) => `${key}: ${spelled(entry)}`)
    .join(', ')}}`;
}
