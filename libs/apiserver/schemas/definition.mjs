// A CustomResourceDefinition as it is kept: all that decides what the API server accepts, defaults and prunes, and nothing else.
import { stripDescriptions } from './strip-descriptions.mjs';

export const isDefinition = (document) => document?.kind === 'CustomResourceDefinition';

/** `<group>/<Kind>`, by which a set is sorted and looked up. */
export const keyOf = (definition) => `${definition.spec.group}/${definition.spec.names.kind}`;

/** JSON has one number where YAML and Go have int64 and float64: a bound that JavaScript cannot hold must not be rounded in silence. */
function assertExactNumbers(value, where) {
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new Error(`${where} is ${value}, more than JavaScript holds exactly`);
  if (typeof value === 'object' && value !== null) for (const [key, item] of Object.entries(value)) assertExactNumbers(item, `${where}.${key}`);
}

/**
 * Without descriptions, printer columns (a table's layout), status and creation time; a conversion webhook, which a set has none to ask of,
 * becomes `None`. Labels and annotations stay: the API server asks for one in groups of k8s.io.
 */
export function keepWhatDecides(definition) {
  if (definition.apiVersion !== 'apiextensions.k8s.io/v1')
    throw new Error(`${definition.metadata.name} is ${definition.apiVersion}; sets are made of apiextensions.k8s.io/v1`);
  assertExactNumbers(definition, definition.metadata.name);
  const { name, labels, annotations } = definition.metadata;
  const { conversion, versions, ...spec } = definition.spec;
  return {
    apiVersion: definition.apiVersion,
    kind: definition.kind,
    metadata: { name, labels, annotations },
    spec: {
      ...spec,
      conversion: conversion?.strategy === 'Webhook' ? { strategy: 'None' } : conversion,
      versions: versions.map(({ additionalPrinterColumns: _, schema, ...version }) => ({
        ...version,
        schema: { ...schema, openAPIV3Schema: stripDescriptions(schema.openAPIV3Schema) },
      })),
    },
  };
}

/** The set's text: a line for each definition, `<group>/<Kind>`, a tab, the definition as JSON; sorted. */
export function textOf(definitions) {
  const lines = new Map();
  for (const definition of definitions) {
    const key = keyOf(definition);
    if (lines.has(key)) throw new Error(`two sources define ${key}`);
    lines.set(key, `${key}\t${JSON.stringify(definition)}\n`);
  }
  return [...lines.keys()]
    .sort()
    .map((key) => lines.get(key))
    .join('');
}
