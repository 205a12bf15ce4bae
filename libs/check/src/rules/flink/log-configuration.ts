import { mapAt } from '../../field.js';
import type { ResourceRule } from '../../rule.js';
import { CLUSTERS, flinkSpecOf } from './flink-spec.js';

const allowed: readonly string[] = ['log4j-console.properties', 'logback-console.xml'];

export const logConfiguration: ResourceRule = {
  id: 'flink/log-configuration',
  severity: 'error',
  title: 'The log configuration has only the files that the operator mounts',
  source: 'R25; flink-kubernetes-operator, DefaultValidator.java (ALLOWED_LOG_CONF_KEYS)',
  consequence: 'The operator rejects the deployment.',
  fix: 'Name the file log4j-console.properties or logback-console.xml.',
  reach: 'resource',
  on: CLUSTERS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    if (flink === undefined) return;
    for (const key of Object.keys(mapAt(flink.spec, 'logConfiguration'))) {
      if (!allowed.includes(key)) yield { path: [...flink.at, 'logConfiguration', key], message: `${key} is none of ${allowed.join(' and ')}` };
    }
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  logConfiguration: {log4j-console.properties: "rootLogger.level = INFO"}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  logConfiguration: {log4j.properties: "rootLogger.level = INFO"}
`,
};
