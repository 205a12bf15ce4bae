/** What kustomize's generators add to a name: ten characters of an alphabet of its own (kustomize, api/hasher: no vowel, nothing that looks like another). */
const HASH = /-[2456789bcdfghkmt]{10}$/;

/** A name without the hash that a generator of kustomize ends it in; the name itself where it ends in none. */
export function withoutHash(name: string): string {
  return name.replace(HASH, '');
}
