/** A minor version of Flink: {major: 1, minor: 20} is `v1_20`. */
export interface FlinkVersion {
  readonly major: number;
  readonly minor: number;
}

/** The values of spec.flinkVersion that the operator's API has (1.15, FlinkVersion.java). */
export const knownVersions: readonly string[] = [
  ...['v1_13', 'v1_14', 'v1_15', 'v1_16', 'v1_17', 'v1_18', 'v1_19', 'v1_20'],
  ...['v2_0', 'v2_1', 'v2_2', 'v2_3', 'v2_4'],
];

/** Reads `v1_20`. */
export function versionOf(text: string | undefined): FlinkVersion | undefined {
  const [, major, minor] = /^v(\d+)_(\d+)$/.exec(text ?? '') ?? [];
  return major === undefined || minor === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}

/** Whether a version is another or newer; an unknown one is not. */
export function isAtLeast(version: FlinkVersion | undefined, major: number, minor: number): boolean {
  return version !== undefined && (version.major > major || (version.major === major && version.minor >= minor));
}

/** Whether a version is known and older than another. */
export function isBefore(version: FlinkVersion | undefined, major: number, minor: number): boolean {
  return version !== undefined && !isAtLeast(version, major, minor);
}

/** As Flink writes it: `1.20`. */
export function formatVersion({ major, minor }: FlinkVersion): string {
  return `${major}.${minor}`;
}
