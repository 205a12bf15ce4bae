import { hasField, type FieldPath } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

/** What is said of a field, beside where it was. */
interface RemovedField extends Pick<ResourceRule, 'id' | 'title' | 'source' | 'consequence' | 'fix'> {
  readonly path: FieldPath;
  readonly message: string;
  /** A line of a Kafka's spec that has the field. */
  readonly fails: string;
}

/** The rule for a field that a Kafka had before its nodes came from node pools, and that Strimzi does not know any more. */
export function removedField({ path, message, fails, ...said }: RemovedField): ResourceRule {
  return {
    ...said,
    severity: 'error',
    reach: 'resource',
    on: [KAFKA],
    *check({ resource }) {
      if (hasField(resource.body, ...path)) yield { path, message };
    },
    passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  kafka:
    version: 4.3.1
    listeners:
      - {name: tls, port: 9093, type: internal, tls: true, authentication: {type: tls}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: brokers, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  replicas: 3
  roles: [broker, controller]
  storage: {type: jbod, volumes: [{id: 0, type: persistent-claim, size: 100Gi, kraftMetadata: shared}]}
`,
    fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec:
  ${fails}
`,
  };
}
