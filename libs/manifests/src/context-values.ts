/** A configuration in the order of its keys, so that nobody's file changes because somebody else's line moved. */
export function sorted<T>(entries: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** An empty mapping or list as none: a template's `if` takes `{}` for true, and a key without a value is null. */
export function unlessEmpty<T extends object>(collection: T): T | undefined {
  return Object.keys(collection).length === 0 ? undefined : collection;
}
