import type { DefinitionSource } from '@millrace/apiserver';
import { fieldOf, isMapping, platformNames, type PlatformName } from '@millrace/model';
import { closest, distance } from 'fastest-levenshtein';

import type { DefinedFor } from './definitions.js';
import type { FieldPath } from './field.js';
import type { Subject } from './subject.js';

/** The fields that definitions have, for telling a person which one was meant. */
export class DefinitionFields {
  readonly #schemas = new Map<DefinitionSource, Map<string, unknown>>();

  /** @param sourceOf the definitions that a resource is validated against */
  constructor(private readonly sourceOf: (of: DefinedFor) => DefinitionSource) {}

  /**
   * The field that a name at a path was probably meant to be.
   * @param subject whose definitions to look in
   * @param path ends in the name that there is no field of
   * @returns undefined where no field is like it, or where the definition is not known
   */
  nearest(subject: Subject, path: FieldPath): string | undefined {
    const name = String(path.at(-1));
    const names = Object.keys(properties(path.slice(0, -1).reduce<unknown>(below, this.#schemaOf(subject, subject.platform))));
    if (names.length === 0) return undefined;
    const near = closest(name, names);
    if (distance(name.toLowerCase(), near.toLowerCase()) <= Math.max(1, name.length / 3)) return near;
    // `replicationFactor` is no slip of a finger; that it starts like a field says enough.
    const like = names.filter((other) => other.slice(0, 6).toLowerCase() === name.slice(0, 6).toLowerCase() && name.length > 6);
    return like.length === 1 ? like[0] : undefined;
  }

  /** The platforms that have a field which a resource's own has not. */
  platformsWith(subject: Subject, path: FieldPath): readonly PlatformName[] {
    const [name, parent] = [String(path.at(-1)), path.slice(0, -1)];
    return platformNames.filter((platform) => Object.hasOwn(properties(parent.reduce<unknown>(below, this.#schemaOf(subject, platform))), name));
  }

  #schemaOf({ scope, group, resource: { kind } }: Subject, platform: PlatformName): unknown {
    const source = this.sourceOf({ platform, scope });
    const known = this.#schemas.get(source) ?? new Map<string, unknown>();
    this.#schemas.set(source, known);
    const key = `${group}/${kind}`;
    if (!known.has(key)) {
      const text = source.find(group, kind);
      const definition: unknown = text === undefined ? undefined : JSON.parse(text);
      const versions = fieldOf(definition, 'spec', 'versions');
      const newest: unknown = Array.isArray(versions) ? versions.find((version: unknown) => fieldOf(version, 'storage') === true) : undefined;
      known.set(key, fieldOf(newest, 'schema', 'openAPIV3Schema'));
    }
    return known.get(key);
  }
}

/** The schema of a field, or of an element of a list or map. */
function below(schema: unknown, step: string | number): unknown {
  if (typeof step === 'number') return fieldOf(schema, 'items');
  return fieldOf(schema, 'properties', step) ?? fieldOf(schema, 'additionalProperties');
}

function properties(schema: unknown): Readonly<Record<string, unknown>> {
  const found = fieldOf(schema, 'properties');
  return isMapping(found) ? found : {};
}
