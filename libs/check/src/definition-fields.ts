import type { DefinitionSource } from '@millrace/apiserver';
import { platformNames, type PlatformName } from '@millrace/model';
import { closest, distance } from 'fastest-levenshtein';

import type { FieldPath } from './field.js';

/** The fields that definitions have, for telling a person which one was meant. */
export class DefinitionFields {
  readonly #schemas = new Map<string, unknown>();

  /** @param sourceOf the definitions of a platform */
  constructor(private readonly sourceOf: (platform: PlatformName) => DefinitionSource) {}

  /**
   * The field that a name at a path was probably meant to be.
   * @param platform whose definitions to look in
   * @param path ends in the name that there is no field of
   * @returns undefined where no field is like it, or where the definition is not known
   */
  nearest(platform: PlatformName, group: string, kind: string, path: FieldPath): string | undefined {
    const name = String(path.at(-1));
    const names = Object.keys(properties(path.slice(0, -1).reduce<unknown>(below, this.#schemaOf(platform, group, kind))));
    if (names.length === 0) return undefined;
    const near = closest(name, names);
    if (distance(name.toLowerCase(), near.toLowerCase()) <= Math.max(1, name.length / 3)) return near;
    // `replicationFactor` is no slip of a finger; that it starts like a field says enough.
    const like = names.filter((other) => other.slice(0, 6).toLowerCase() === name.slice(0, 6).toLowerCase() && name.length > 6);
    return like.length === 1 ? like[0] : undefined;
  }

  /** The platforms that have a field which another has not. */
  platformsWith(group: string, kind: string, path: FieldPath): readonly PlatformName[] {
    const [name, parent] = [String(path.at(-1)), path.slice(0, -1)];
    return platformNames.filter((platform) => Object.hasOwn(properties(parent.reduce<unknown>(below, this.#schemaOf(platform, group, kind))), name));
  }

  #schemaOf(platform: PlatformName, group: string, kind: string): unknown {
    const key = `${platform} ${group}/${kind}`;
    if (!this.#schemas.has(key)) {
      const text = this.sourceOf(platform).find(group, kind);
      const definition: unknown = text === undefined ? undefined : JSON.parse(text);
      const versions = at(at(definition, 'spec'), 'versions');
      const newest: unknown = Array.isArray(versions) ? versions.find((version: unknown) => at(version, 'storage') === true) : undefined;
      this.#schemas.set(key, at(at(newest, 'schema'), 'openAPIV3Schema'));
    }
    return this.#schemas.get(key);
  }
}

/** The schema of a field, or of an element of a list or map. */
function below(schema: unknown, step: string | number): unknown {
  if (typeof step === 'number') return at(schema, 'items');
  return at(properties(schema), step) ?? at(schema, 'additionalProperties');
}

function properties(schema: unknown): object {
  const found = at(schema, 'properties');
  return typeof found === 'object' && found !== null ? found : {};
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;
}
