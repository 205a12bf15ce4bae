/** The Kafka versions of Strimzi 1.2, its default last. */
export const KAFKA_VERSIONS = ['4.2.0', '4.2.1', '4.3.0', '4.3.1'];
export const DEFAULT_KAFKA_VERSION = '4.3.1';

/** Major and minor of a version: all of it that Strimzi compares. */
export function minorOf(version: string): readonly [number, number] | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)(?:[.-].*)?$/.exec(version) ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)];
}
