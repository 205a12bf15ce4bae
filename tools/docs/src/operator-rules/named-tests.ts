import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

import ts from 'typescript';

const TESTS = new Set(['it', 'test', 'describe']);
/** Tests of these hold what is said of anybody's manifests, or of the rules themselves: not what ours are. */
const NOT_OURS = /^(?:libs\/(?:check|apiserver)|tools\/docs)\//;

/** The spec files whose tests are named by rules, by the number of the rule; paths from the root, sorted. */
export function testsByRule(root: string): ReadonlyMap<number, readonly string[]> {
  const files = specFiles(root).filter((path) => !NOT_OURS.test(path));
  const found = files.flatMap((path) => rulesNamedIn(readFileSync(join(root, path), 'utf8')).map((number) => ({ number, path })));
  return new Map(
    [...new Set(found.map(({ number }) => number))].map((number) => [number, found.filter((each) => each.number === number).map(({ path }) => path)]),
  );
}

function specFiles(root: string): readonly string[] {
  const sources = ['libs', 'tools'].flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}/src`));
  return sources
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path.split(sep).join('/')}`))
    .filter((path) => path.endsWith('.spec.ts'))
    .sort();
}

/** The numbers of rules in the names of a file's tests, each once. A test that is skipped holds nothing. */
export function rulesNamedIn(text: string): readonly number[] {
  const numbers = new Set<number>();
  const visit = (node: ts.Node): void => {
    const name = ts.isCallExpression(node) && isTest(node.expression) ? node.arguments[0] : undefined;
    if (name !== undefined && (ts.isStringLiteralLike(name) || ts.isTemplateExpression(name))) {
      for (const [, number] of name.getText().matchAll(/\bR(\d+)\b/g)) numbers.add(Number(number));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('it.spec.ts', text, ts.ScriptTarget.Latest, true));
  return [...numbers].sort((a, b) => a - b);
}

/** `it`, `it.each(…)`, `describe.each(…)`, but not `it.skip` and `it.todo`. */
function isTest(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return TESTS.has(callee.text);
  if (ts.isCallExpression(callee) || ts.isTaggedTemplateExpression(callee)) return isTest(ts.isCallExpression(callee) ? callee.expression : callee.tag);
  return ts.isPropertyAccessExpression(callee) && !['skip', 'todo', 'skipIf', 'fails'].includes(callee.name.text) && isTest(callee.expression);
}
