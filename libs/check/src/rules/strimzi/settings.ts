import type { Value } from '@millrace/kustomize';

import { isList, mapAt, scalarText, type FieldPath } from '../../field.js';
import { isSubstituted } from '../../placeholder.js';

/** One `key: value` of a config block, as Kafka reads it. */
export interface Setting {
  readonly key: string;
  readonly text: string;
  readonly path: FieldPath;
}

/** The settings of a config block whose values are known; a list is one text with commas, as Strimzi's operators hand it on. */
export function settingsAt(body: Value | undefined, ...path: FieldPath): readonly Setting[] {
  return Object.entries(mapAt(body, ...path)).flatMap(([key, value]) => {
    const text = isList(value) ? value.map((item) => scalarText(item) ?? '').join(',') : scalarText(value);
    return text === undefined || isSubstituted(text) ? [] : [{ key, text, path: [...path, key] }];
  });
}

/** The whole number of a setting; undefined where there is none, or something else. */
export function integerSetting(settings: readonly Setting[], key: string): number | undefined {
  const text = settings.find((setting) => setting.key === key)?.text.trim();
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}
