// A documented patch: where a package's schema is older than the release it stands for, a list of changes says, each with its reason,
// what differs. A change that no longer applies (the package has caught up, or has moved the field) is an error, never a silent no-op.
import { readFileSync } from 'node:fs';
import yaml from 'yaml';

export const readPatch = (file) => yaml.parse(readFileSync(file, 'utf8'));

/** `{a,b}.c{d,e}` to `a.cd`, `a.ce`, `b.cd`, `b.ce`: as a shell does it. */
export function expand(pattern) {
  const braces = /\{([^{}]*)\}/.exec(pattern);
  if (braces === null) return [pattern];
  return braces[1].split(',').flatMap((choice) => expand(pattern.slice(0, braces.index) + choice + pattern.slice(braces.index + braces[0].length)));
}

/** The place of `spec.containers[].name` in a schema: the record that holds it, and its name there. */
function find(schema, field) {
  const steps = field.replaceAll('[]', '.[]').split('.');
  let holder = { root: schema };
  let name = 'root';
  for (const step of steps) {
    const at = holder[name];
    const within = step === '[]' ? at : at?.properties;
    if (within === undefined) throw new Error(`there is no ${field}: it ends before ${step}`);
    [holder, name] = [within, step === '[]' ? 'items' : step];
  }
  return { holder, name };
}

function assertThere(place, field) {
  if (place.holder[place.name] === undefined) throw new Error(`${field} is not there`);
}

const CHANGES = {
  /** A field that the package lacks. */
  add(place, value, field) {
    if (place.holder[place.name] !== undefined) throw new Error(`${field} is already there`);
    place.holder[place.name] = structuredClone(value);
  },
  /** A field that the package lacks, of the schema that another field has. */
  addLike(place, other, field, schema) {
    const source = find(schema, other);
    assertThere(source, other);
    CHANGES.add(place, source.holder[source.name], field);
  },
  /** A field's whole schema, another one from now on. */
  replace(place, value, field) {
    assertThere(place, field);
    place.holder[place.name] = structuredClone(value);
  },
  /** A field that the release has no more. */
  remove(place, _value, field) {
    assertThere(place, field);
    delete place.holder[place.name];
  },
  /** Values that an enumeration gains. */
  allow(place, values, field) {
    assertThere(place, field);
    const { enum: known } = place.holder[place.name];
    for (const value of values) {
      if (known.includes(value)) throw new Error(`${field} already allows ${value}`);
      known.push(value);
    }
  },
};

/**
 * @param {object[]} definitions changed in place
 * @param {{ reason: string, kinds: string[], fields: string | string[] }[]} patch each change with one of the keys of CHANGES
 */
export function applyPatch(definitions, patch) {
  for (const change of patch) {
    const { reason, kinds, fields, ...rest } = change;
    const [[verb, value], ...more] = Object.entries(rest);
    if (more.length > 0 || CHANGES[verb] === undefined)
      throw new Error(`a change of the patch is one of ${Object.keys(CHANGES).join(', ')}; this has ${Object.keys(rest).join(', ')}`);
    if (!reason) throw new Error(`the change to ${fields} has no reason`);
    for (const kind of kinds) {
      const definition = definitions.find((candidate) => candidate.spec.names.kind === kind);
      if (definition === undefined) throw new Error(`the patch changes ${kind}, which the package lacks`);
      for (const { schema } of definition.spec.versions) {
        for (const field of [fields].flat().flatMap(expand)) {
          try {
            CHANGES[verb](find(schema.openAPIV3Schema, field), value, field, schema.openAPIV3Schema);
          } catch (error) {
            throw new Error(`${kind}: cannot ${verb}: ${error.message}. Has the package caught up? (${reason})`);
          }
        }
      }
    }
  }
}
