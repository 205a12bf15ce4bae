import { textAt, type FieldPath } from '../../field.js';
import { FLINK_BLUE_GREEN, FLINK_DEPLOYMENT, FLINK_SESSION_JOB } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';

const pattern = /^[a-z](?:[-a-z\d]{0,43}[a-z\d])?$/;

export const name: ResourceRule = {
  id: 'flink/name',
  severity: 'error',
  title: 'The name of a deployment starts with a letter and has at most 45 characters',
  source: 'R25; flink-kubernetes-operator, DefaultValidator.java (validateDeploymentName)',
  consequence: 'The operator rejects it: services and config maps are named after the deployment and would be too long.',
  fix: 'Use lower case letters, digits and dashes, a letter first, and at most 45 characters.',
  reach: 'resource',
  on: [FLINK_DEPLOYMENT, FLINK_BLUE_GREEN, FLINK_SESSION_JOB],
  *check({ groupKind, resource }) {
    // A session job's own name is free; what it says of its cluster is checked.
    const path: FieldPath = groupKind === FLINK_SESSION_JOB ? ['spec', 'deploymentName'] : ['metadata', 'name'];
    const text = textAt(resource.body, ...path);
    if (text === undefined || isSubstituted(text)) return;
    if (groupKind === FLINK_BLUE_GREEN) {
      // Each of the two deployments has the name with a suffix.
      if (!pattern.test(`${text}-green`)) yield { path, message: `the name ${text}-green, which the green deployment gets, is no name for a FlinkDeployment` };
    } else if (!pattern.test(text)) {
      const long = text.length > 45 ? `: it has ${text.length} characters` : '';
      yield { path, message: `${text} is no name for a FlinkDeployment${long}` };
    }
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec: {flinkVersion: v2_2}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor-with-enrichment-and-deduplication, namespace: flink}
spec: {flinkVersion: v2_2}
`,
};
