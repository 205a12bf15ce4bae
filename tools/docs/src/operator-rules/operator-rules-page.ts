import { madeFrom, prose, table, type Page } from '../markdown.js';
import { notFoundByCheck, operatorRules, type OperatorRule } from './operator-rules.js';

/** Rules of the check by the number of the operators' rule that their source names: ids, in the order of the check. */
export function checksByRule(rules: readonly { readonly id: string; readonly source: string }[]): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  for (const { id, source } of rules) {
    for (const number of new Set([...source.matchAll(/\bR(\d+)\b/g)].map(([, digits]) => Number(digits))))
      found.set(number, [...(found.get(number) ?? []), id]);
  }
  return found;
}

/** Which tests hold each rule in what Millrace makes, which rules of the check find what goes against it, or why none does. */
export function operatorRulesPage(
  /** The spec files that name a rule. */
  tests: ReadonlyMap<number, readonly string[]>,
  /** As {@link checksByRule} gives them. */
  checks: ReadonlyMap<number, readonly string[]>,
): Page {
  const areas = [...new Set(operatorRules.map(({ about }) => about))];
  return {
    path: 'docs/operator-rules.md',
    text: [
      madeFrom('tools/docs/src/operator-rules, the names of the tests and the sources of the rules of the check'),
      '',
      "# The operators' rules, and what holds them",
      '',
      'What Strimzi, the Flink operator, Argo CD and kustomize really do decides how a manifest has to look. These are the rules that Millrace follows, by the number',
      'that schemas, messages and tests call them. Beside each stand the tests that are named by it, which hold it in what Millrace makes, or why it does not apply',
      'there; and the rules of [the check](rules.md) that find what goes against it in what people write, or why none can.',
      '',
      ...areas.flatMap((area) => [
        `## ${area}`,
        '',
        ...table(
          ['Rule', 'What it says', 'Held in what is made', 'Found in what is written'],
          operatorRules
            .filter(({ about }) => about === area)
            .map((rule) => [
              `<a id="r${rule.number}"></a>R${rule.number}`,
              prose(rule.says),
              heldBy(rule, tests.get(rule.number) ?? []),
              foundBy(rule, checks.get(rule.number) ?? []),
            ]),
        ),
        '',
      ]),
    ].join('\n'),
  };
}

function heldBy({ holdsFor, doesNotApply }: OperatorRule, tests: readonly string[]): string {
  if (tests.length > 0) return tests.map((path) => `[${path.replace(/\/src\//, '/…/')}](../${path})`).join(', ');
  if (doesNotApply !== undefined) return `Does not apply. ${prose(doesNotApply)}`;
  return holdsFor === 'check' ? 'It is for what people write.' : '*no test yet*';
}

function foundBy({ number }: OperatorRule, checks: readonly string[]): string {
  if (checks.length > 0) return checks.map((id) => `[${id}](rules.md#${id.replace('/', '-')})`).join(', ');
  const reason = notFoundByCheck.get(number);
  return reason === undefined ? '*no rule yet*' : reason;
}
