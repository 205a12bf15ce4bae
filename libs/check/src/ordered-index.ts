/** Things by the texts that they are looked for by. What is found is in the order that it came in: findings name the first. */
export class OrderedIndex<T> {
  readonly #items: readonly T[];
  readonly #lists = new Map<string, T[]>();
  #order: ReadonlyMap<T, number> | undefined;

  /** @param keysOf what an item is found by; each text once */
  constructor(items: Iterable<T>, keysOf: (item: T) => Iterable<string>) {
    this.#items = [...items];
    for (const item of this.#items) {
      for (const key of keysOf(item)) {
        const list = this.#lists.get(key);
        if (list === undefined) this.#lists.set(key, [item]);
        else list.push(item);
      }
    }
  }

  /** Everything under one of the keys, each once. */
  all(...keys: readonly string[]): readonly T[] {
    const [key] = keys;
    if (key !== undefined && keys.length === 1) return this.#lists.get(key) ?? [];
    return [...new Set(keys.flatMap((each) => this.#lists.get(each) ?? []))].sort((one, other) => this.#placeOf(one) - this.#placeOf(other));
  }

  /** The first of all that is under one of the keys and fits. */
  first(keys: Iterable<string>, fits: (item: T) => boolean = () => true): T | undefined {
    let first: T | undefined;
    for (const key of keys) {
      const found = this.#lists.get(key)?.find(fits);
      if (found !== undefined && (first === undefined || this.isBefore(found, first))) first = found;
    }
    return first;
  }

  /** Whether one item came in before another. */
  isBefore(one: T, other: T): boolean {
    return this.#placeOf(one) < this.#placeOf(other);
  }

  #placeOf(item: T): number {
    // Most indexes are asked for one key at a time, and need no places.
    this.#order ??= new Map(this.#items.map((each, index) => [each, index]));
    return this.#order.get(item) ?? Number.POSITIVE_INFINITY;
  }
}
