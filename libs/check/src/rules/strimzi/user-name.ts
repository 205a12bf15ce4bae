import { textAt } from '../../field.js';
import { USER } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

const LONGEST = 64;

export const userName: ResourceRule = {
  id: 'strimzi/user-name',
  severity: 'error',
  title: `A user with a certificate has a name of at most ${LONGEST} characters`,
  source: 'R13; strimzi-kafka-operator, KafkaUserModel.java (validateTlsUsername)',
  consequence: 'The name becomes the common name of a certificate, which cannot be longer. The User Operator refuses the user, and makes no Secret.',
  fix: 'Shorten metadata.name, or authenticate with `type: scram-sha-512`.',
  reach: 'resource',
  on: [USER],
  *check({ resource }) {
    if (textAt(resource.body, 'spec', 'authentication', 'type') !== 'tls' || resource.name.length <= LONGEST) return;
    yield { path: ['metadata', 'name'], message: `"${resource.name}" has ${resource.name.length} characters; a user of type tls can have ${LONGEST}` };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: order-processor, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {authentication: {type: tls}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata:
  name: order-processor-of-the-european-fulfilment-department-in-production
  namespace: kafka
  labels: {strimzi.io/cluster: kafka-cluster}
spec: {authentication: {type: tls}}
`,
};
