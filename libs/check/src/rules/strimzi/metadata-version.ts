import { platform as setOf } from '@millrace/model';

import { fieldAt, scalarText } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';
import { minorOf } from './versions.js';

const [OLDEST_MAJOR, OLDEST_MINOR] = [3, 3];

export const metadataVersion: ResourceRule = {
  id: 'strimzi/metadata-version',
  severity: 'error',
  title: 'The metadata version is a text, and no newer than the Kafka version',
  source: 'R5; strimzi-kafka-operator, KafkaCluster.java (validateMetadataVersion), KRaftVersionChangeCreator.java',
  consequence:
    'A number is rejected by the API server, a malformed version by the operator. A version newer than Kafka is not applied: the operator takes the one of the Kafka version.',
  fix: 'Write the metadata version of the Kafka version, or an older one, in quotes: `metadataVersion: "4.3-IV0"`.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource, platform }) {
    const path = ['spec', 'kafka', 'metadataVersion'];
    const value = fieldAt(resource.body, ...path);
    const written = scalarText(value);
    if (written === undefined || isSubstituted(written)) return;
    if (typeof value !== 'string') {
      yield { path, message: `${written} without quotes is a number in YAML; a text is expected`, fix: `Write \`metadataVersion: "${written}"\`.` };
      return;
    }
    const version = minorOf(written);
    if (version === undefined) {
      yield { path, message: `"${written}" is no metadata version of Kafka; one reads like 4.3-IV0` };
      return;
    }
    if (isOlder(version, [OLDEST_MAJOR, OLDEST_MINOR])) {
      yield { path, message: `the oldest metadata version that Kafka still reads is 3.3-IV3; this is ${written}` };
      return;
    }
    const newest = setOf(platform).kafka.metadataVersions[version.join('.')];
    if (newest !== undefined && revisionOf(written) > revisionOf(newest)) {
      yield {
        path,
        message: `there is no metadata version ${written}; the newest of Kafka ${version.join('.')} is ${newest}`,
        fix: `Write \`metadataVersion: "${newest}"\`.`,
      };
      return;
    }
    const kafka = scalarText(fieldAt(resource.body, 'spec', 'kafka', 'version')) ?? setOf(platform).kafka.version;
    const running = minorOf(kafka);
    if (running !== undefined && isOlder(running, version)) yield { path, message: `the metadata version ${written} is newer than Kafka ${kafka}` };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {version: 4.3.1, metadataVersion: 4.2-IV1}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {version: 4.2.1, metadataVersion: 4.3-IV0}}
`,
};

/** The 9 of 4.3-IV9; zero where none is written, which is the newest of its minor (MetadataVersion.fromVersionString). */
function revisionOf(version: string): number {
  return Number(/-IV(\d+)$/.exec(version)?.[1] ?? 0);
}

function isOlder([major, minor]: readonly [number, number], [otherMajor, otherMinor]: readonly [number, number]): boolean {
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
