import { writeLines } from './write-block.js';
import { defaultStyle, type YamlStyle } from './yaml-style.js';
import { requireYamlValue, type YamlValue } from './yaml-value.js';

/**
 * Writes a value as a fresh YAML text: block style, one final line break, read as the same value by YAML 1.1 and 1.2.
 *
 * @param options see {@link YamlStyle} for the defaults
 * @throws TypeError if the value holds what YAML has no form for, or a key too long for one line
 */
export function writeYaml(value: YamlValue, options: Partial<YamlStyle> = {}): string {
  requireYamlValue(value);
  return `${writeLines(value, { ...defaultStyle, ...options }).join('\n')}\n`;
}
