import type { ReportedRule } from '../../rule.js';
import { noAnswer } from './no-answer.js';
import { unknownField } from './unknown-field.js';
import { missingField } from './missing-field.js';
import { invalidValue } from './invalid-value.js';
import { validationRule } from './validation-rule.js';
import { versionNotServed } from './version-not-served.js';
import { unknownKind } from './unknown-kind.js';
import { brokenDefinition } from './broken-definition.js';

/** What the API server says of a resource. */
export const schemaRules: readonly ReportedRule[] = [
  unknownField,
  missingField,
  invalidValue,
  validationRule,
  versionNotServed,
  unknownKind,
  brokenDefinition,
  noAnswer,
];
