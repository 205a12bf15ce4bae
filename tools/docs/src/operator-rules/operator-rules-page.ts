import { madeFrom, prose, table, type Page } from '../markdown.js';
import { operatorRules, type OperatorRule } from './operator-rules.js';

/** Which tests hold each rule, or why none does. `tests` are the spec files that name it. */
export function operatorRulesPage(tests: ReadonlyMap<number, readonly string[]>): Page {
  const areas = [...new Set(operatorRules.map(({ about }) => about))];
  return {
    path: 'docs/operator-rules.md',
    text: [
      madeFrom('tools/docs/src/operator-rules and the names of the tests'),
      '',
      "# The operators' rules, and the tests that hold them",
      '',
      'What Strimzi, the Flink operator, Argo CD and kustomize really do decides how a manifest has to look. These are the rules that Millrace follows, by the number',
      'that schemas, messages and tests call them. Beside each stand the tests that are named by it, or why it does not apply to what Millrace makes. A rule for what',
      'people write is for [the check](rules.md), whose rules have examples and sources.',
      '',
      ...areas.flatMap((area) => [
        `## ${area}`,
        '',
        ...table(
          ['Rule', 'What it says', 'Held by'],
          operatorRules
            .filter(({ about }) => about === area)
            .map((rule) => [`<a id="r${rule.number}"></a>R${rule.number}`, prose(rule.says), heldBy(rule, tests.get(rule.number) ?? [])]),
        ),
        '',
      ]),
    ].join('\n'),
  };
}

function heldBy({ holdsFor, doesNotApply }: OperatorRule, tests: readonly string[]): string {
  if (tests.length > 0) return tests.map((path) => `[${path.replace(/\/src\//, '/…/')}](../${path})`).join(', ');
  if (doesNotApply !== undefined) return `Does not apply. ${prose(doesNotApply)}`;
  return holdsFor === 'check' ? 'the check' : '*no test yet*';
}
