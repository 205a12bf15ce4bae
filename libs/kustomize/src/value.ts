/** A value of a resource. An integer is a bigint, whatever its size; a number is one that was written as a decimal fraction. */
export type Value = null | boolean | number | bigint | string | readonly Value[] | ValueMap;

/** A map of a resource, in the order it was written. */
export interface ValueMap {
  readonly [field: string]: Value;
}
