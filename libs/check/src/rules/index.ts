import type { Rule } from '../rule.js';
import { argocdRules } from './argocd/index.js';
import { flinkRules } from './flink/index.js';
import { kustomizeRules } from './kustomize/index.js';
import { millraceRules } from './millrace/index.js';
import { observabilityRules } from './observability/index.js';
import { referenceRules } from './references/index.js';
import { schemaRules } from './schema/index.js';
import { securityRules } from './security/index.js';
import { settingsRules } from './settings/index.js';
import { strimziRules } from './strimzi/index.js';
import { yamlRules } from './yaml/index.js';

/** Every rule, area by area, in the order in which they are documented. */
export const rules: readonly Rule[] = [
  ...schemaRules,
  ...strimziRules,
  ...flinkRules,
  ...referenceRules,
  ...argocdRules,
  ...kustomizeRules,
  ...securityRules,
  ...observabilityRules,
  ...millraceRules,
  ...yamlRules,
  ...settingsRules,
];
