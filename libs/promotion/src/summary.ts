import type { Difference } from './rendered-differences.js';

/** How many resources are added, changed and removed, in words; and how many of those take data along. */
export function summary(differences: readonly Difference[]): string {
  if (differences.length === 0) return 'nothing changes';
  const count = (kind: Difference['kind']) => differences.filter((difference) => difference.kind === kind).length;
  const losing = differences.filter(({ loses }) => loses !== undefined).length;
  return `${(['added', 'changed', 'removed'] as const).map((kind) => `${count(kind)} ${kind}`).join(', ')}${losing === 0 ? '' : ` (${losing} with data)`}`;
}

/** The differences of each environment, in the order in which they come. */
export function byEnvironment(differences: readonly Difference[]): ReadonlyMap<string, readonly Difference[]> {
  const found = new Map<string, Difference[]>();
  for (const difference of differences) {
    const environment = difference.where.split('/')[1] ?? difference.where;
    found.set(environment, [...(found.get(environment) ?? []), difference]);
  }
  return found;
}

/** A sentence for each environment in which something changes; of `to` in any case. */
export function summaries(differences: readonly Difference[], to: string): readonly string[] {
  const found = byEnvironment(differences);
  return [to, ...[...found.keys()].filter((name) => name !== to)].map((environment) => `In ${environment}: ${summary(found.get(environment) ?? [])}.`);
}
