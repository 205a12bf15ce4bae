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

/** The place of `spec.containers[].name` in a schema: the record that holds it, its name there, and the schema that it is a part of. */
function find(schema, field) {
  const steps = field.replaceAll('[]', '.[]').split('.');
  let holder = { root: schema };
  let name = 'root';
  let at;
  for (const step of steps) {
    at = holder[name];
    const within = step === '[]' ? at : at?.properties;
    if (within === undefined) throw new Error(`there is no ${field}: it ends before ${step}`);
    [holder, name] = [within, step === '[]' ? 'items' : step];
  }
  return { holder, name, parent: at };
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
  addLike(place, other, field, within) {
    const source = find(within, other);
    assertThere(source, other);
    CHANGES.add(place, source.holder[source.name], field);
  },
  /** A field's whole schema, another one from now on. */
  replace(place, value, field) {
    assertThere(place, field);
    place.holder[place.name] = structuredClone(value);
  },
  /** A field that may now be left out. */
  optional({ parent, name }, _value, field) {
    if (!parent.required?.includes(name)) throw new Error(`${field} is not required`);
    parent.required = parent.required.filter((required) => required !== name);
  },
  /** A field that has no default any more. */
  noDefault(place, _value, field) {
    assertThere(place, field);
    if (place.holder[place.name].default === undefined) throw new Error(`${field} has no default`);
    delete place.holder[place.name].default;
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
 * @param {{ reason: string, kinds: string[] | Record<string, string>, versions?: string[], fields: string | string[] }[]} patch each change
 *   with one of the keys of CHANGES. Kinds with values begin their fields there; without `versions` a change is to all of them.
 */
export function applyPatch(definitions, patch) {
  for (const change of patch) {
    const { reason, kinds, versions, fields, ...rest } = change;
    const [[verb, value], ...more] = Object.entries(rest);
    if (more.length > 0 || CHANGES[verb] === undefined)
      throw new Error(`a change of the patch is one of ${Object.keys(CHANGES).join(', ')}; this has ${Object.keys(rest).join(', ')}`);
    if (!reason) throw new Error(`the change to ${fields} has no reason`);
    for (const [kind, start] of Array.isArray(kinds) ? kinds.map((name) => [name]) : Object.entries(kinds)) {
      const definition = definitions.find((candidate) => candidate.spec.names.kind === kind);
      if (definition === undefined) throw new Error(`the patch changes ${kind}, which the package lacks`);
      const changed = definition.spec.versions.filter(({ name }) => versions?.includes(name) ?? true);
      if (changed.length === 0) throw new Error(`the patch changes ${kind} ${versions.join(' or ')}, which the package lacks`);
      for (const { schema } of changed) {
        try {
          const { holder, name } = start === undefined ? { holder: schema, name: 'openAPIV3Schema' } : find(schema.openAPIV3Schema, start);
          for (const field of [fields].flat().flatMap(expand)) CHANGES[verb](find(holder[name], field), value, field, holder[name]);
        } catch (error) {
          throw new Error(`${kind}: cannot ${verb}: ${error.message}. Has the package caught up? (${reason})`);
        }
      }
    }
  }
}
