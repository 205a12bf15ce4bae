import type { Universe } from './universe.js';

/**
 * What is worked out of everything that a run checks, kept for as long as the run: a rule that compares a resource with all others
 * looks it up here, where it would otherwise go through them anew for each resource.
 *
 * It is made when it is first asked for, so a run that has nothing for a rule to look at pays nothing for it.
 * @param make must depend on the universe alone
 */
export function oncePerUniverse<T>(make: (universe: Universe) => T): (universe: Universe) => T {
  const known = new WeakMap<Universe, { readonly made: T }>();
  return (universe) => {
    let kept = known.get(universe);
    if (kept === undefined) known.set(universe, (kept = { made: make(universe) }));
    return kept.made;
  };
}
