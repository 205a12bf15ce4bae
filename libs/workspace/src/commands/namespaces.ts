import { namespaceName } from '@millrace/model';
import * as z from 'zod';

import { keyValues } from '../command.js';

/** A repeatable `name=namespace` option, as a mapping. */
export function namespaces(example: string) {
  return keyValues(example).pipe(z.record(z.string(), namespaceName));
}
