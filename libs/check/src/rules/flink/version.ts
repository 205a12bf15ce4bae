import { flinkVersionsOf, platform as setOf } from '@millrace/model';

import { fieldAt, hasField, scalarText } from '../../field.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';
import { CLUSTERS, flinkSpecOf } from './flink-spec.js';
import { isBefore, isRun, versionOf } from './flink-version.js';

export const version: ResourceRule = {
  id: 'flink/version',
  severity: 'error',
  title: 'A deployment says its Flink version, and it is one that the operator runs',
  source: 'R1, R24; flink-kubernetes-operator, DefaultValidator.java (validateFlinkVersion), FlinkVersion.java',
  consequence: 'The operator rejects the deployment: the webhook refuses it, or its status says ERROR and nothing is deployed.',
  fix: 'Set spec.flinkVersion to the minor version of Flink in the image, for example `flinkVersion: v2_2`.',
  reach: 'resource',
  on: CLUSTERS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    if (flink === undefined) return;
    const path = [...flink.at, 'flinkVersion'];
    if (!hasField(flink.spec, 'flinkVersion')) {
      yield { path, message: 'flinkVersion is missing' };
      return;
    }
    const text = scalarText(fieldAt(flink.spec, 'flinkVersion'));
    if (text === undefined || isSubstituted(text)) return;
    const versions: readonly string[] = flinkVersionsOf(setOf(subject.platform));
    if (versions.includes(text)) return;
    const found = flink.version;
    if (found === undefined) {
      const [, major, minor] = /^v?(\d+)[._](\d+)(?:\.\d+)?$/.exec(text) ?? [];
      const meant = versions.find((each) => each === `v${major ?? ''}_${minor ?? ''}`);
      yield {
        path,
        message: `flinkVersion ${text} is not written as the operator writes versions, such as ${versions.at(-1) ?? ''}`,
        fix: `Write \`flinkVersion: ${meant ?? versions.join(' or ')}\`.`,
      };
      return;
    }
    // What is older and still runs is deprecated: that is a rule of its own.
    const oldest = versionOf(versions[0]);
    if (isRun(found) && oldest !== undefined && isBefore(found, oldest.major, oldest.minor)) return;
    yield {
      path,
      message: `platform ${subject.platform} has no Flink ${text}; it has ${versions.join(', ')}${isRun(found) ? '' : `, and the operator runs none as old as ${text}`}`,
      fix: `Write one of ${versions.join(', ')}, and take its image.`,
    };
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec: {image: "flink:2.2.1", flinkVersion: v2_2}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec: {image: "flink:2.2.1"}
`,
};
