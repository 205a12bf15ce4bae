import type { OperatorName } from '../declared/environment/operators.js';
import { flinkVersions, type FlinkVersion } from '../declared/pipeline.js';
import { platform202608 } from './2026.08.js';
import { platform202611 } from './2026.11.js';

/** A Helm chart as an Argo CD Application takes it, pinned (R63). */
export interface ChartPin {
  /**
   * An `https://` Helm repository: `repoURL` is this, `chart` the name, `targetRevision` the version.
   * Or `oci://`: `repoURL` is this, a slash and the name, `path` is `.`, `targetRevision` the version (Argo CD docs/user-guide/oci.md).
   */
  readonly repository: string;
  readonly name: string;
  /** As the repository spells it: cert-manager's has a leading v. */
  readonly version: string;
}

/** A folder of plain CustomResourceDefinitions in a project's own git repository, for an Application of their own (R21). */
export interface DefinitionsPin {
  readonly repository: string;
  readonly revision: string;
  /** It has nothing else in it that Argo CD would read. */
  readonly path: string;
}

/** An operator of a set. */
export interface OperatorPin {
  readonly version: string;
  readonly chart: ChartPin;
  readonly crds: DefinitionsPin;
  /** Only where the chart itself does not pin its image (R44). */
  readonly image?: { readonly repository: string; readonly tag: string };
}

/** A Flink of a set: plugins in the image are named by the patch version (R47). */
export interface FlinkPin {
  readonly version: string;
  readonly image: string;
}

/** A set of versions that were tested together (R1): an environment names one, and everything it runs resolves to it. */
export interface Platform {
  /** The oldest Kubernetes minor that everything in the set is tested on. */
  readonly kubernetes: { readonly minimum: string };
  readonly argocd: { readonly version: string };
  /** What the Argo CD of the set bundles. */
  readonly kustomize: { readonly version: string };
  readonly kafka: {
    readonly version: string;
    readonly metadataVersion: string;
    /** What the Strimzi of the set runs, oldest first. */
    readonly supported: readonly string[];
    /** The metadata version of each Kafka minor among them. */
    readonly metadataVersions: Readonly<Record<string, string>>;
  };
  /** Each Flink minor that the Flink operator of the set supports (R24). */
  readonly flink: Readonly<Partial<Record<FlinkVersion, FlinkPin>>>;
  readonly operators: Readonly<Record<OperatorName, OperatorPin>>;
}

/** The names of the tested sets, oldest first. */
export const platformNames = ['2026.08', '2026.11'] as const;
export type PlatformName = (typeof platformNames)[number];

/** The set of a new environment. */
export const newestPlatform = '2026.11' satisfies PlatformName;

const platforms: Readonly<Record<PlatformName, Platform>> = { '2026.08': platform202608, '2026.11': platform202611 };

/** The versions behind a platform's name. */
export function platform(name: PlatformName): Platform {
  return platforms[name];
}

/** The Flink minors of a set, oldest first. */
export function flinkVersionsOf({ flink }: Platform): readonly FlinkVersion[] {
  return flinkVersions.filter((version) => version in flink);
}
