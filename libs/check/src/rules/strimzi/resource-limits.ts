import { fieldAt, formatPath, scalarText, type FieldPath } from '../../field.js';
import { BRIDGE, CONNECT, KAFKA, MIRROR_MAKER_2, NODE_POOL } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { quantity } from './quantity.js';

const OF_KAFKA: readonly FieldPath[] = [
  ['spec', 'entityOperator', 'topicOperator'],
  ['spec', 'entityOperator', 'userOperator'],
  ['spec', 'cruiseControl'],
  ['spec', 'kafkaExporter'],
];
const OF_OTHERS: readonly FieldPath[] = [['spec'], ['spec', 'build']];

export const resourceLimits: ResourceRule = {
  id: 'strimzi/resource-limits',
  severity: 'error',
  title: 'Requests of CPU and memory are above zero and within their limits',
  source: 'R17; strimzi-kafka-operator, ModelUtils.java (validateComputeResources)',
  consequence: 'The operator refuses the resource before it touches a pod: "request must be <= limit".',
  fix: 'Raise the limit to the request, or lower the request.',
  reach: 'resource',
  on: [KAFKA, NODE_POOL, CONNECT, MIRROR_MAKER_2, BRIDGE],
  *check({ resource }) {
    for (const owner of resource.kind === 'Kafka' ? OF_KAFKA : OF_OTHERS) {
      for (const name of ['cpu', 'memory']) {
        const requestPath = [...owner, 'resources', 'requests', name];
        const limitPath = [...owner, 'resources', 'limits', name];
        const request = quantity(fieldAt(resource.body, ...requestPath));
        const limit = quantity(fieldAt(resource.body, ...limitPath));
        for (const [path, value] of [[requestPath, request] as const, [limitPath, limit] as const]) {
          if (value !== undefined && value <= 0)
            yield { path, message: `${formatPath(path)} must be above zero`, fix: 'Write how much is needed, or delete the line.' };
        }
        if (request !== undefined && limit !== undefined && limit > 0 && request > limit) {
          const [requested, limited] = [requestPath, limitPath].map((path) => scalarText(fieldAt(resource.body, ...path)));
          yield { path: requestPath, message: `${requested ?? ''} of ${name} is requested, but the limit is ${limited ?? ''}` };
        }
      }
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: brokers, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  resources: {requests: {cpu: 500m, memory: 8Gi}, limits: {cpu: 2, memory: 8Gi}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: brokers, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  resources: {requests: {memory: 8Gi}, limits: {memory: 8G}}
`,
};
