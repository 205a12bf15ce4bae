import { isMapping } from '../mapping.js';
import type { ScalarForm } from './source-node.js';
import { writeKey } from './write-key.js';
import { writeScalar } from './write-scalar.js';
import type { YamlStyle } from './yaml-style.js';
import { isSequence, type YamlValue } from './yaml-value.js';

/**
 * A value on one line, as it stands inside brackets or braces.
 *
 * @param form how a string should be written if it can be
 */
export function writeFlow(value: YamlValue, style: YamlStyle, form: ScalarForm = style.flowStrings): string {
  if (isSequence(value)) return `[${value.map((item) => writeFlow(item, style)).join(', ')}]`;
  if (isMapping(value))
    return `{${Object.entries(value)
      .map(([key, item]) => writeFlowPair(key, item, style))
      .join(', ')}}`;
  return writeScalar(value, form, 'flow', style);
}

/** `key: value` on one line, as it stands inside braces. */
export function writeFlowPair(key: string, value: YamlValue, style: YamlStyle, keyForm: ScalarForm = style.flowStrings): string {
  return `${writeKey(key, keyForm, 'flow', style)}: ${writeFlow(value, style)}`;
}
