import type { ScalarForm } from './source-node.js';
import { writeScalar } from './write-scalar.js';
import type { YamlStyle } from './yaml-style.js';

// YAML 1.2, 7.4.2: a key on one line with its `:` reaches over at most 1024 characters.
const LONGEST_KEY = 1024;

/**
 * A key, without its `:`.
 *
 * @throws TypeError if the key is too long to be written on one line
 */
export function writeKey(key: string, form: ScalarForm, place: 'block' | 'flow', style: YamlStyle): string {
  const text = writeScalar(key, form === 'literal' ? 'plain' : form, place, style);
  if (text.length >= LONGEST_KEY) throw new TypeError(`expected a key of less than ${LONGEST_KEY} characters, found ${text.length}`);
  return text;
}
