import type { Declared, Environment, Problem, Workspace } from '@millrace/model';

import { problemAt } from './rule.js';

/** Promotion is a tree with one root: everybody promotes from somebody who exists, and nobody in a circle. */
export function* promotionTree({ environments }: Workspace): Generator<Problem> {
  const roots: Declared<Environment>[] = [];
  for (const [name, declared] of environments) {
    const { promotesFrom } = declared.value;
    if (promotesFrom === undefined) roots.push(declared);
    else if (!environments.has(promotesFrom)) {
      yield problemAt(
        declared,
        ['promotesFrom'],
        `there is no environment ${promotesFrom}`,
        `Write one of ${[...environments.keys()].filter((other) => other !== name).join(', ') || '(none yet)'}, or make it: millrace environment ${promotesFrom}`,
      );
    } else if (isInCycle(environments, name)) {
      yield problemAt(
        declared,
        ['promotesFrom'],
        `${name} promotes from itself: ${cycleOf(environments, name).join(' from ')}`,
        'Break the circle: the first environment has no promotesFrom.',
      );
    }
  }
  for (const extra of roots.slice(1)) {
    yield problemAt(
      extra,
      ['environment'],
      `${extra.value.environment} promotes from nobody, and so does ${roots[0]?.value.environment ?? ''}`,
      'One environment is the first; give the other a promotesFrom.',
    );
  }
}

function cycleOf(environments: Workspace['environments'], start: string): readonly string[] {
  const seen = [start];
  for (let next = environments.get(start)?.value.promotesFrom; next !== undefined; next = environments.get(next)?.value.promotesFrom) {
    if (seen.includes(next)) return [...seen, next];
    seen.push(next);
  }
  return [];
}

function isInCycle(environments: Workspace['environments'], start: string): boolean {
  return cycleOf(environments, start).at(-1) === start;
}
