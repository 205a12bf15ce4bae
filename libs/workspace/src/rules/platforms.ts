import {
  declaredKafkas,
  environmentFile,
  firstEnvironment,
  flinkVersionsOf,
  isNewerMetadata,
  kafkaVersions,
  kafkaPath,
  pinnedDeclaration,
  platform,
  platformNames,
  type Platform,
  type PlatformName,
  type Problem,
  type Workspace,
} from '@millrace/model';

import { problemAt } from './rule.js';

/** What an environment asks for itself is in its platform (R1, R24): its Kafka, the Flink of its session clusters. */
export function* environmentVersions({ environments }: Workspace): Generator<Problem> {
  for (const declared of environments.values()) {
    const { flink } = declared.value;
    const name = declared.value.platform;
    const set = platform(name);
    for (const [session, { flinkVersion }] of Object.entries(flink.sessions)) {
      if (flinkVersion in set.flink) continue;
      yield problemAt(
        declared,
        ['flink', 'sessions', session, 'flinkVersion'],
        `platform ${name} has no Flink ${flinkVersion}, only ${flinkVersionsOf(set).join(', ')}`,
        `Write one of those${orMoveTo('here', (other) => flinkVersion in other.flink)}.`,
      );
    }
    for (const { name: kafkaName, kafka } of declaredKafkas(declared.value)) {
      const at = kafkaPath(kafkaName);
      const { version, metadataVersion } = kafkaVersions(set, kafka);
      const newest = kafkaVersions(set, { version }).metadataVersion;
      if (!set.kafka.supported.includes(version)) {
        yield problemAt(
          declared,
          [...at, 'version'],
          `the Strimzi of platform ${name} (${set.operators.strimzi.version}) does not run Kafka ${version}, only ${set.kafka.supported.join(', ')}`,
          `Write one of those, or leave it out for ${set.kafka.version}${orMoveTo('here', (other) => other.kafka.supported.includes(version))}.`,
        );
      } else if (isNewerMetadata(metadataVersion, newest)) {
        yield problemAt(
          declared,
          [...at, 'metadataVersion'],
          `the metadata version ${metadataVersion} is newer than Kafka ${version}, whose own is ${newest}`,
          `Leave it out for ${newest}, or write the older one that the cluster still has (R5).`,
        );
      }
    }
  }
}

/** What is placed in an environment runs on a Flink of its platform: a promotion into one with an older set too (R1, R24). */
export function* placedVersions(workspace: Workspace): Generator<Problem> {
  const first = firstEnvironment(workspace);
  for (const [environmentName, placements] of workspace.placements) {
    const name = workspace.environments.get(environmentName)?.value.platform;
    if (name === undefined) continue;
    const set = platform(name);
    for (const [pipeline, placement] of placements) {
      const { release } = placement.value;
      const pinned = release === 'next' && environmentName !== first ? undefined : pinnedDeclaration(workspace, pipeline, release);
      if (pinned === undefined) continue;
      for (const [job, { flinkVersion }] of Object.entries(pinned.value.jobs)) {
        if (flinkVersion in set.flink) continue;
        const message = `the job ${job} runs on Flink ${flinkVersion}; platform ${name} of ${environmentName} has only ${flinkVersionsOf(set).join(', ')}`;
        const move = orMoveTo(environmentFile(environmentName), (other) => flinkVersion in other.flink);
        // A release is frozen: what can change is what is pinned, not what is in it.
        yield release === 'next'
          ? problemAt(pinned, ['jobs', job, 'flinkVersion'], message, `Write one of those${move}.`)
          : problemAt(placement, ['release'], message, `Pin a release that runs on one of those${move}.`);
      }
    }
  }
}

/** The platforms that would do, as the end of a remedy; nothing where there is none. */
function orMoveTo(where: string, has: (set: Platform) => boolean): string {
  const names: readonly PlatformName[] = platformNames.filter((name) => has(platform(name)));
  return names.length === 0 ? '' : `, or set platform: ${names.map((name) => `"${name}"`).join(' or ')} ${where === 'here' ? where : `in ${where}`}`;
}
