import { isMapping } from '../mapping.js';
import { memberOf, sameValue, type YamlValue } from './yaml-value.js';

/** What becomes of an item; `index` counts in the old sequence, an insertion stands before that item. */
export type AlignStep =
  | { readonly kind: 'keep'; readonly index: number; readonly from: YamlValue; readonly to: YamlValue }
  | { readonly kind: 'insert'; readonly index: number; readonly to: YamlValue }
  | { readonly kind: 'remove'; readonly index: number };

/**
 * Pairs the items of two sequences, in order: first those that are alike (a longest common subsequence), then, between
 * these, the others one by one; what is left over was inserted or removed.
 */
export function alignItems(from: readonly YamlValue[], to: readonly YamlValue[]): AlignStep[] {
  const steps: AlignStep[] = [];
  let oldAt = 0;
  let newAt = 0;
  for (const [oldEnd, newEnd] of [...commonItems(from, to), [from.length, to.length] as const]) {
    // The stretch of unlike items, and the common item that ends it.
    while (oldAt < oldEnd || newAt < newEnd) {
      const before = oldAt < oldEnd ? from[oldAt] : undefined;
      const after = newAt < newEnd ? to[newAt] : undefined;
      if (before !== undefined && after !== undefined) steps.push({ kind: 'keep', index: oldAt, from: before, to: after });
      else if (after !== undefined) steps.push({ kind: 'insert', index: oldEnd, to: after });
      else steps.push({ kind: 'remove', index: oldAt });
      if (before !== undefined) oldAt++;
      if (after !== undefined) newAt++;
    }
    const before = from[oldAt];
    const after = to[newAt];
    if (before !== undefined && after !== undefined) steps.push({ kind: 'keep', index: oldAt, from: before, to: after });
    oldAt++;
    newAt++;
  }
  return steps;
}

/** Equal, or two mappings of one `name`: a container whose image changed is still that container. */
function areAlike(a: YamlValue, b: YamlValue): boolean {
  if (isMapping(a) && isMapping(b)) {
    const name = memberOf(a, 'name');
    const other = memberOf(b, 'name');
    if (name !== undefined && other !== undefined) return sameValue(name, other);
  }
  return sameValue(a, b);
}

type IndexPair = readonly [number, number];

/** Index pairs of a longest common subsequence, ascending; where items that kept their index are one, it is that one. */
function commonItems(from: readonly YamlValue[], to: readonly YamlValue[]): IndexPair[] {
  const alike = from.map((item) => to.map((other) => areAlike(item, other)));
  const longest = longestCommon(alike);
  const inPlace = from.flatMap((_, at): IndexPair[] => (alike[at]?.[at] ? [[at, at]] : []));
  return inPlace.length === longest.length ? inPlace : longest;
}

function longestCommon(alike: readonly (readonly boolean[])[]): IndexPair[] {
  const width = alike[0]?.length ?? 0;
  // common[i][j]: how many pairs there are from row i and column j on; past the end there are none.
  const common: number[][] = alike.map(() => []);
  const commonAt = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = alike.length - 1; i >= 0; i--) {
    const row: number[] = [];
    common[i] = row;
    for (let j = width - 1; j >= 0; j--) {
      row[j] = alike[i]?.[j] ? 1 + commonAt(i + 1, j + 1) : Math.max(commonAt(i + 1, j), commonAt(i, j + 1));
    }
  }
  const pairs: IndexPair[] = [];
  for (let i = 0, j = 0; i < alike.length && j < width;) {
    if (alike[i]?.[j]) pairs.push([i++, j++]);
    else if (commonAt(i + 1, j) >= commonAt(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
