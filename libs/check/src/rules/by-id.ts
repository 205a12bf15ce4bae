import type { Rule } from '../rule.js';
import { rules } from './index.js';

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

/** Whether there is a rule of this id. */
export function isRule(id: string): boolean {
  return byId.has(id);
}

/**
 * The rule of an id.
 * @throws {Error} if there is none: ids of this library only
 */
export function ruleById(id: string): Rule {
  const rule = byId.get(id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  return rule;
}
