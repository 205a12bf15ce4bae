import { hasField } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

const OPERATORS = ['topicOperator', 'userOperator'];
const GONE = ['reconciliationIntervalSeconds', 'zookeeperSessionTimeoutSeconds', 'topicMetadataMaxAttempts'];

export const operatorSettings: ResourceRule = {
  id: 'strimzi/operator-settings',
  severity: 'error',
  title: 'Topic and User Operator are set with fields they still have',
  source: 'R3; strimzi-kafka-operator, CHANGELOG.md (reconciliationIntervalSeconds), 040-Crd-kafka.yaml',
  consequence: 'The field is dropped, and the operator works with its default.',
  fix: 'Write reconciliationIntervalMs, in milliseconds. The settings of ZooKeeper and its topic store have no successor: delete them.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource }) {
    for (const operator of OPERATORS) {
      for (const field of GONE) {
        const path = ['spec', 'entityOperator', operator, field];
        if (!hasField(resource.body, ...path)) continue;
        yield {
          path,
          message: `${operator}.${field} does not exist in v1`,
          fix: field === 'reconciliationIntervalSeconds' ? 'Write reconciliationIntervalMs, in milliseconds.' : `Delete ${field}.`,
        };
      }
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {entityOperator: {topicOperator: {reconciliationIntervalMs: 60000}, userOperator: {}}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {entityOperator: {topicOperator: {reconciliationIntervalSeconds: 60}, userOperator: {}}}
`,
};
