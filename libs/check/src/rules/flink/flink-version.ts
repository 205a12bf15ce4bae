/** A minor version of Flink: {major: 1, minor: 20} is `v1_20`. */
export interface FlinkVersion {
  readonly major: number;
  readonly minor: number;
}

/** Whether the operator still runs a version, with or without calling it deprecated: none before 1.15 (FlinkVersion.java, isSupported). */
export function isRun(version: FlinkVersion): boolean {
  return isAtLeast(version, 1, 15);
}

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
