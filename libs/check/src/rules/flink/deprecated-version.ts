import { flinkVersionsOf, platform as setOf } from '@millrace/model';

import type { ResourceRule } from '../../rule.js';
import { CLUSTERS, flinkSpecOf } from './flink-spec.js';
import { formatVersion, isBefore, isRun, versionOf } from './flink-version.js';

export const deprecatedVersion: ResourceRule = {
  id: 'flink/deprecated-version',
  severity: 'warning',
  title: 'A deployment runs a Flink version that the operator does not call deprecated',
  source: 'R24; flink-kubernetes-operator, FlinkVersion.java (v1_15 to v1_18 are @Deprecated)',
  consequence: 'It runs today, without fixes from the Flink project. A coming release of the operator will refuse it, as it has refused 1.13 and 1.14.',
  fix: 'Move to v1_20 or a 2.x version: raise image and flinkVersion together, with `upgradeMode: savepoint`.',
  reach: 'resource',
  on: CLUSTERS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    const [name] = flinkVersionsOf(setOf(subject.platform));
    const oldest = versionOf(name);
    if (flink?.version === undefined || oldest === undefined) return;
    if (!isRun(flink.version) || !isBefore(flink.version, oldest.major, oldest.minor)) return;
    yield {
      path: [...flink.at, 'flinkVersion'],
      message: `Flink ${formatVersion(flink.version)} is deprecated in the operator; the oldest of platform ${subject.platform} is ${name}`,
    };
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec: {image: "flink:1.20.1", flinkVersion: v1_20}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec: {image: "flink:1.17.2", flinkVersion: v1_17}
`,
};
