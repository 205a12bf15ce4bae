import type { FieldPath } from './field-path.js';
import { isObject } from './json.js';

const quantity = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

// The fields of Kubernetes' own kinds that hold quantities, or maps of them.
const quantities: ReadonlySet<string> = new Set([
  ...['requests', 'limits', 'capacity', 'hard', 'overhead', 'sizeLimit', 'divisor', 'averageValue', 'value'],
  ...['default', 'defaultRequest', 'max', 'min', 'maxLimitRequestRatio'],
]);

/**
 * Finds the value that the server could not read where it names no place: a quantity that is none, or a Secret's value that is not base64.
 * @param message the server's words
 * @param resource what it tried to read
 * @returns undefined if the message is about something else, or nothing fits
 */
export function unreadableValue(message: string, resource: unknown): FieldPath | undefined {
  if (message.includes('illegal base64 data')) {
    return search(resource, [], (value, path) => path[0] === 'data' && typeof value === 'string' && !base64.test(value.replaceAll(/[\r\n]/g, '')));
  }
  if (message.includes('quantities must match') || message.includes('unable to parse quantity')) {
    return search(resource, [], (value, path) => isQuantity(path) && (typeof value === 'string' ? !quantity.test(value.trim()) : typeof value === 'boolean'));
  }
  return undefined;
}

const isQuantity = (path: FieldPath): boolean => path.slice(-2).some((key) => typeof key === 'string' && quantities.has(key));

function search(value: unknown, path: FieldPath, wanted: (value: unknown, path: FieldPath) => boolean): FieldPath | undefined {
  if (wanted(value, path)) return path;
  const children: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item])
    : isObject(value)
      ? Object.entries(value)
      : [];
  for (const [key, child] of children) {
    const found = search(child, [...path, key], wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}
