import type { Value, ValueMap } from '@millrace/kustomize';

import { fieldAt, isList, isMap, scalarText, type FieldPath } from '../../field.js';
import { namesOf } from './option-names.js';

/** One key of flinkConfiguration with its value, as the operator flattens it. */
export interface Setting {
  readonly key: string;
  readonly text: string;
  /** Where it is written, which may be several maps deep. */
  readonly path: FieldPath;
  /**
   * Whether the operator's own configuration has it, and not the resource: then the path is where the resource would say otherwise.
   * @default false
   */
  readonly isDefault?: true;
}

/** A flinkConfiguration, flattened. A key that is written twice is there twice. */
export class Settings {
  constructor(readonly all: readonly Setting[]) {}

  /** The setting of one of these very keys; an earlier key wins. */
  key(...keys: readonly string[]): Setting | undefined {
    for (const key of keys) {
      const found = this.all.findLast((setting) => setting.key === key);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The setting of an option, by its name or an old one. */
  option(name: string): Setting | undefined {
    return this.key(...namesOf(name));
  }

  /** Whether an option is `true`. */
  isOn(name: string): boolean {
    return this.option(name)?.text.toLowerCase() === 'true';
  }
}

/** The settings of a spec; nested maps and dotted keys come out the same. */
export function settingsAt(spec: ValueMap, at: FieldPath): Settings {
  if (last?.spec !== spec || last.at !== at.join('.')) {
    const configuration = fieldAt(spec, 'flinkConfiguration');
    const all = isMap(configuration) ? [...flatten(configuration, '', [...at, 'flinkConfiguration'])] : [];
    last = { spec, at: at.join('.'), settings: new Settings(all) };
  }
  return last.settings;
}

// Nearly every rule of Flink asks for them, all for one resource after the other.
let last: { readonly spec: ValueMap; readonly at: string; readonly settings: Settings } | undefined;

/** The settings of a configuration by itself; paths are from its top. */
export function flattened(configuration: ValueMap): Iterable<Setting> {
  return flatten(configuration, '', []);
}

function* flatten(value: Value, key: string, path: FieldPath): Generator<Setting> {
  if (isMap(value)) {
    for (const [name, below] of Object.entries(value)) yield* flatten(below, key === '' ? name : `${key}.${name}`, [...path, name]);
    return;
  }
  const text = isList(value) ? value.map((item) => scalarText(item) ?? '').join(';') : scalarText(value);
  if (text !== undefined) yield { key, text, path };
}
