import type { ReportedRule } from '../../rule.js';
import { noKind } from './no-kind.js';
import { unreadable } from './unreadable.js';
import { duplicateKey } from './duplicate-key.js';

/** What keeps a file from being read. */
export const yamlRules: readonly ReportedRule[] = [unreadable, duplicateKey, noKind];
