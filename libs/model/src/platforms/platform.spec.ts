import { describe, expect, it } from 'vitest';

import { operatorNames } from '../declared/environment/operators.js';
import { flinkVersions } from '../declared/pipeline.js';
import { kafkaMinor, kafkaVersions } from './kafka-versions.js';
import { newestPlatform, platform, platformNames } from './platform.js';

/** What follows the dots of a version, smallest first. */
const numbers = (version: string): readonly number[] => version.split('.').map(Number);

it('R1: at least two sets, oldest first, and new environments get the newest', () => {
  expect(platformNames.length).toBeGreaterThanOrEqual(2);
  expect([...platformNames].sort()).toEqual(platformNames);
  expect(platformNames.at(-1)).toBe(newestPlatform);
});

it('flinkVersion of a job is a minor of some set, and every minor of a set can be declared', () => {
  const ofSets = new Set(platformNames.flatMap((name) => Object.keys(platform(name).flink)));
  expect(flinkVersions.filter((version) => ofSets.has(version))).toEqual(flinkVersions);
  expect(ofSets.size).toBe(flinkVersions.length);
});

describe.each(platformNames)('the set %s', (name) => {
  const { kubernetes, argocd, kustomize, kafka, flink, operators } = platform(name);

  it('R1, R63: each version is one release, not a range, a branch or latest', () => {
    expect(kubernetes.minimum).toMatch(/^1\.\d+$/);
    const versions = [argocd.version, kustomize.version, kafka.version, ...operatorNames.map((operator) => operators[operator].version)];
    for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('R1: nothing is older than what has the fixes that data depends on', () => {
    const [major = 0, minor = 0, patch = 0] = numbers(operators.strimzi.version);
    expect(major * 10_000 + minor * 100 + patch).toBeGreaterThanOrEqual(10_001);
    expect(numbers(operators.flink.version)).toEqual([1, 15, 0]);
  });

  it('R5: Kafka is a version that the Strimzi of the set runs, with the metadata version of its minor', () => {
    expect(kafka.supported).toContain(kafka.version);
    expect(kafka.metadataVersion).toMatch(/^\d+\.\d+-IV\d+$/);
    expect(kafkaMinor(kafka.metadataVersion)).toBe(kafkaMinor(kafka.version));
    expect(kafkaVersions(platform(name), {})).toEqual({ version: kafka.version, metadataVersion: kafka.metadataVersion });
  });

  it.each(kafka.supported)('R5: Kafka %s has a metadata version of its own minor', (version) => {
    expect(kafkaMinor(kafkaVersions(platform(name), { version }).metadataVersion)).toBe(kafkaMinor(version));
  });

  it.each(Object.entries(flink))('R24, R47: the image of Flink %s has its patch version', (minor, { version, image }) => {
    expect(`v${version.split('.').slice(0, 2).join('_')}`).toBe(minor);
    expect(image.startsWith(`flink:${version}-`)).toBe(true);
  });

  it.each(operatorNames)('R21, R44, R63: chart and definitions of %s are of its version', (operator) => {
    const { version, chart, crds, image } = operators[operator];
    expect(chart.version.replace(/^v/, '')).toBe(version);
    expect(chart.repository).toMatch(/^(?:https|oci):\/\/\S+$/);
    expect(crds.repository).toMatch(/^https:\/\/\S+$/);
    expect(crds.revision.replace(/^(?:v|release-)/, '')).toBe(version);
    expect(crds.path).toMatch(/^[\w.-]+(?:\/[\w.-]+)*$/);
    if (image !== undefined) expect(image.tag).toBe(version);
  });

  it('R44: the image of the Flink operator is pinned beside its chart, which says latest', () => {
    expect(operators.flink.image?.tag).toBe(operators.flink.version);
  });
});
