import type { ReportedRule } from '../../rule.js';
import { staleException } from './stale-exception.js';
import { unknownRule } from './unknown-rule.js';

/** What millrace.yaml says of the rules themselves. */
export const settingsRules: readonly ReportedRule[] = [staleException, unknownRule];
