import type { FlinkVersion } from './declared/pipeline.js';

/** A set of versions that were tested together (R1): an environment names one, and everything it runs resolves to it. */
export interface Platform {
  readonly kafka: { readonly version: string; readonly metadataVersion: string };
  /** The image of each Flink minor, patch version included: plugins in it are named by the patch version (R47). */
  readonly flink: Readonly<Record<FlinkVersion, { readonly version: string; readonly image: string }>>;
}

export const platformNames = ['2026.11'] as const;
export type PlatformName = (typeof platformNames)[number];

const platforms: Readonly<Record<PlatformName, Platform>> = {
  '2026.11': {
    kafka: { version: '4.3.1', metadataVersion: '4.3-IV0' },
    flink: {
      v1_19: { version: '1.19.3', image: 'flink:1.19.3-scala_2.12-java17' },
      v1_20: { version: '1.20.3', image: 'flink:1.20.3-scala_2.12-java17' },
      v2_0: { version: '2.0.1', image: 'flink:2.0.1-scala_2.12-java17' },
      v2_1: { version: '2.1.1', image: 'flink:2.1.1-scala_2.12-java17' },
      v2_2: { version: '2.2.1', image: 'flink:2.2.1-scala_2.12-java17' },
    },
  },
};

/** The versions behind a platform's name. */
export function platform(name: PlatformName): Platform {
  return platforms[name];
}
