import type { Problem, Workspace } from '@millrace/model';

import { problemAt } from './rule.js';

/** No environment's state lies within another's (R86). */
export function* separateStorage({ environments }: Workspace): Generator<Problem> {
  const all = [...environments.values()];
  for (const [index, declared] of all.entries()) {
    const { storage } = declared.value.flink;
    const other = all
      .slice(0, index)
      .find(({ value }) => `${storage}/`.startsWith(`${value.flink.storage}/`) || `${value.flink.storage}/`.startsWith(`${storage}/`));
    if (other === undefined) continue;
    yield problemAt(
      declared,
      ['flink', 'storage'],
      `${declared.value.environment} keeps its state in ${storage}, ${other.value.environment} in ${other.value.flink.storage}: one lies within the other`,
      "Give each environment a prefix of its own; a job that restores the other one's state reads from the wrong offsets.",
    );
  }
}
