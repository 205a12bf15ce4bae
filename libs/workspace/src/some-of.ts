/** As many names as one line holds. */
const NAMED = 8;

/** Names in one line; of many the first, and how many more there are. */
export function someOf(names: readonly string[]): string {
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  return `${names.slice(0, NAMED).join(', ')}${more}`;
}
