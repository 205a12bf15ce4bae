// What a schema says to a reader goes, what it says to the API server stays. It is most of the bytes.

const ONE_SCHEMA = ['items', 'additionalProperties', 'additionalItems', 'not'];
const MANY_SCHEMAS = ['allOf', 'anyOf', 'oneOf'];
const NAMED_SCHEMAS = ['properties', 'patternProperties', 'definitions'];

const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const mapValues = (record, change) => Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

/**
 * A schema without descriptions, its own and those of the schemas within. Only where a schema can stand is looked into:
 * a property named `description`, a default that has such a key, and an enum's values stay as they are.
 */
export function stripDescriptions(schema) {
  if (!isRecord(schema)) return schema; // `additionalProperties: true`
  const { description: _, ...kept } = schema;
  for (const key of ONE_SCHEMA) if (isRecord(kept[key])) kept[key] = stripDescriptions(kept[key]);
  for (const key of MANY_SCHEMAS) if (Array.isArray(kept[key])) kept[key] = kept[key].map(stripDescriptions);
  for (const key of NAMED_SCHEMAS) if (isRecord(kept[key])) kept[key] = mapValues(kept[key], stripDescriptions);
  return kept;
}
