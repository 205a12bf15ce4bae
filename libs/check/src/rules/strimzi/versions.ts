/** Major and minor of a version: all of it that Strimzi compares. */
export function minorOf(version: string): readonly [number, number] | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)(?:[.-].*)?$/.exec(version) ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)];
}
