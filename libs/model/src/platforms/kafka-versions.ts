import type { Platform } from './platform.js';

/** Kafka's version, and the version of the metadata that its nodes share (R5). */
export interface KafkaVersions {
  readonly version: string;
  readonly metadataVersion: string;
}

/**
 * What a Kafka runs: the versions of its set, but for those that its declaration pins. A pinned version comes with the metadata version
 * of its own minor, which a newer one would not be read by.
 */
export function kafkaVersions(
  { kafka }: Platform,
  pinned: { readonly version?: string | undefined; readonly metadataVersion?: string | undefined },
): KafkaVersions {
  const version = pinned.version ?? kafka.version;
  return { version, metadataVersion: pinned.metadataVersion ?? kafka.metadataVersions[kafkaMinor(version)] ?? kafka.metadataVersion };
}

/** `4.3` of 4.3.1 and of 4.3-IV0. */
export function kafkaMinor(version: string): string {
  return version.split(/[-.]/, 2).join('.');
}

/** Whether a metadata version, 4.3-IV0, is newer than another. */
export function isNewerMetadata(one: string, other: string): boolean {
  const [a, b] = [one, other].map((version) => [...kafkaMinor(version).split('.'), /-IV(\d+)$/.exec(version)?.[1]].map(Number));
  for (const [index, number] of (a ?? []).entries()) {
    const difference = number - (b?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
