/**
 * How a value becomes YAML. Everything here reads back equal in YAML 1.1 and 1.2 alike, at whatever place a template
 * puts it: the tests hold every call of every template to that.
 */

export type Scalar = string | number | bigint | boolean;

/** Words that some YAML reader takes for a boolean, null or a number. */
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?\d+)$/i;
/** Text that no reader takes for anything but text, and that needs no quotes wherever a scalar may stand. */
const PLAIN = /^[A-Za-z_/](?:[A-Za-z0-9_./@+:-]*[A-Za-z0-9_/])?$/;
/** Kubernetes quantities with a binary suffix: they start like a number but cannot be one. */
const QUANTITY = /^[1-9]\d*(?:Ki|Mi|Gi|Ti|Pi)$/;

/** A value as a plain scalar where that is safe, else in double quotes. A string stays a string, a number a number. */
export function scalar(value: Scalar): string {
  if (typeof value !== 'string') return String(value);
  return (PLAIN.test(value) && !WORDS.test(value)) || QUANTITY.test(value) ? value : quoted(value);
}

/** A value as a string in double quotes, whatever it looks like. */
export function quoted(value: Scalar): string {
  // JSON's escapes are YAML's; what YAML calls line breaks or does not print is escaped beyond JSON.
  return JSON.stringify(String(value)).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Text of several lines as a literal block, indented by `indent` spaces, where that is safe, else in double quotes. */
export function literal(text: string, indent: number): string {
  const lines = text.replace(/\n$/, '').split('\n');
  const safe =
    lines.every((line) => /^(?:\S(?:.*\S)?)?$/.test(line) || /^ +\S(?:.*\S)?$/.test(line)) &&
    /^\S/.test(text) &&
    !/\n\n$/.test(text) &&
    !/[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/u.test(text.replaceAll('\n', ''));
  if (!safe || lines.length < 2) return quoted(text);
  const margin = ' '.repeat(indent);
  return `${text.endsWith('\n') ? '|' : '|-'}\n${lines.map((line) => (line === '' ? '' : margin + line)).join('\n')}`;
}
