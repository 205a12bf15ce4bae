import { describe, expect, it, vi } from 'vitest';

import { asTheyAreDone } from './as-they-are-done.js';

/** Promises that are kept in an order of our own. */
function promised(count: number) {
  const keep: (() => void)[] = [];
  return { promises: Array.from({ length: count }, (_, index) => new Promise<number>((resolve) => keep.push(() => resolve(index)))), keep };
}

async function all<T>(values: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const value of values) found.push(value);
  return found;
}

describe('what promises give', () => {
  it('comes in the order in which they are done', async () => {
    const { promises, keep } = promised(4);
    const values = asTheyAreDone(promises);
    keep[2]?.();
    expect(await values.next()).toEqual({ done: false, value: 2 });
    const next = values.next();
    for (const index of [3, 0, 1]) keep[index]?.();
    expect(await next).toEqual({ done: false, value: 3 });
    expect(await all(values)).toEqual([0, 1]);
  });

  it('is asked of each once or twice, however many they are', async () => {
    const promises = Array.from({ length: 200 }, (_, index) => Promise.resolve(index));
    const asked = promises.map((promise) => vi.spyOn(promise, 'then'));
    expect(await all(asTheyAreDone(promises))).toHaveLength(200);
    expect(Math.max(...asked.map(({ mock }) => mock.calls.length))).toBeLessThanOrEqual(2);
  });

  it('is an error where one fails, in its turn', async () => {
    const values = asTheyAreDone([Promise.reject(new Error('gone')), Promise.resolve(1)]);
    await expect(values.next()).rejects.toThrow('gone');
    expect(await all(asTheyAreDone([]))).toEqual([]);
  });
});
