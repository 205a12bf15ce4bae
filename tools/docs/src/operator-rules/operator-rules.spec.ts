import { fileURLToPath } from 'node:url';

import { rules } from '@millrace/check';
import { expect, it } from 'vitest';

import { rulesNamedIn, testsByRule } from './named-tests.js';
import { notFoundByCheck, operatorRules } from './operator-rules.js';
import { checksByRule, operatorRulesPage } from './operator-rules-page.js';

const tests = testsByRule(fileURLToPath(new URL('../../../..', import.meta.url)));
const checks = checksByRule(rules);
const ours = operatorRules.filter(({ holdsFor }) => holdsFor === 'manifests');

it('every rule that manifests have to follow has a test named by its number, or a line that says why it does not apply', () => {
  const open = ours.filter(({ number, doesNotApply }) => doesNotApply === undefined && !tests.has(number)).map(({ number }) => number);
  expect(
    open.map((number) => `R${number}`),
    'name a test by the rule, or say in operator-rules.ts why it does not apply',
  ).toEqual([]);
});

it('no rule is said not to apply that has a test', () => {
  expect(ours.filter(({ number, doesNotApply }) => doesNotApply !== undefined && tests.has(number)).map(({ number }) => `R${number}`)).toEqual([]);
});

it('every rule is one that some rule of the check names as its source, or has a line that says why the check cannot find what goes against it', () => {
  const open = operatorRules.filter(({ number }) => !checks.has(number) && !notFoundByCheck.has(number)).map(({ number }) => `R${number}`);
  expect(open, 'name it in the source of a rule of the check, or say in operator-rules.ts why there is none').toEqual([]);
  expect([...notFoundByCheck.keys()].filter((number) => checks.has(number))).toEqual([]);
});

it('no rule of the check names a rule that there is not', () => {
  expect([...checks.keys()].filter((number) => !operatorRules.some((rule) => rule.number === number))).toEqual([]);
});

it('the rules are those of the catalogue, one to ninety, each once and in order', () => {
  expect(operatorRules.map(({ number }) => number)).toEqual(Array.from({ length: 90 }, (_none, index) => index + 1));
});

it('no test is named by a rule that there is not', () => {
  expect([...tests.keys()].filter((number) => !operatorRules.some((rule) => rule.number === number))).toEqual([]);
});

it('reads the numbers in the names of tests: plain, of a table, of a group, of a template; not those that are skipped, nor other texts', () => {
  const text = `
    it('R1, R2: a test', () => expect('R3').toBe('R3'));
    describe('a group (R4)', () => {});
    it.each([1])('R5 %s', () => {});
    test.each\`a\`('R6', () => {});
    it(\`R7 \${name}\`, () => {});
    it.skip('R8', () => {});
    describe.todo('R9');
    expect(value, 'R10').toBe(1);
    it('XR11 and R12x', () => {});
  `;
  expect(rulesNamedIn(text)).toEqual([1, 2, 4, 5, 6, 7]);
});

it('the page says of a rule which tests hold it, which rules of the check find what goes against it, why there are none, or that they are missing', () => {
  const found = checksByRule([
    { id: 'a/one', source: 'R2; somewhere, Some.java (R2, R3)' },
    { id: 'a/two', source: 'R3, XR4' },
  ]);
  const { text } = operatorRulesPage(new Map([[2, ['libs/manifests/src/rules.spec.ts']]]), found);
  const row = (number: number) => text.split('\n').find((line) => line.includes(`id="r${number}"`));
  expect(row(2)).toMatch(/\[.*rules\.spec\.ts\]\(\.\.\/libs\/manifests\/src\/rules\.spec\.ts\) \| \[a\/one\]\(rules\.md#a-one\) \|$/);
  expect(row(3)).toMatch(/no test yet\* \| \[a\/one\]\(rules\.md#a-one\), \[a\/two\]\(rules\.md#a-two\) \|$/);
  expect(row(4)).toMatch(/\*no rule yet\* \|$/);
  expect(row(59)).toMatch(/Does not apply\. Millrace makes no ApplicationSet/);
  expect(row(85)).toMatch(/It is for what people write\. \| The types of the state .* in its image\. \|$/);
});
