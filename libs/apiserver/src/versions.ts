/** A version of a kind, as its definition has it. */
export interface Version {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
}

/**
 * The versions that are served, the preferred one first, in Kubernetes' order: stable before beta before alpha, then the higher number.
 */
export function servedVersions(versions: readonly Version[]): readonly string[] {
  return versions
    .filter(({ served }) => served)
    .map(({ name }) => name)
    .sort(compareVersions);
}

/**
 * The version to validate as where a resource's own is not served: the stored one if it is served, else the preferred one, else any.
 * @returns undefined if there is no version at all
 */
export function versionInstead(versions: readonly Version[]): string | undefined {
  return versions.find(({ served, storage }) => served && storage)?.name ?? servedVersions(versions)[0] ?? versions[0]?.name;
}

const form = /^v(\d+)(?:(alpha|beta)(\d+))?$/;

function compareVersions(a: string, b: string): number {
  const [left, right] = [rank(a), rank(b)];
  // A name of another form comes last.
  if (left === undefined || right === undefined) return left === right ? (a < b ? -1 : 1) : left === undefined ? 1 : -1;
  return right.stage - left.stage || right.major - left.major || right.minor - left.minor;
}

function rank(version: string): { readonly stage: number; readonly major: number; readonly minor: number } | undefined {
  const [, major, stage, minor = '0'] = form.exec(version) ?? [];
  if (major === undefined) return undefined;
  return { stage: stage === undefined ? 2 : stage === 'beta' ? 1 : 0, major: Number(major), minor: Number(minor) };
}
