import { textAt } from '../../field.js';
import { TOPIC } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';

const LONGEST = 249;

export const topicName: ResourceRule = {
  id: 'strimzi/topic-name',
  severity: 'error',
  title: 'A topic has a name that Kafka takes',
  source: 'R9; Kafka, Topic.java (validate); strimzi-kafka-operator, TopicOperatorUtil.java (topicName)',
  consequence: 'Kafka refuses to create the topic with InvalidTopicException, and the KafkaTopic is never Ready.',
  fix: `Use letters, digits, ".", "_" and "-" only, and at most ${LONGEST} of them.`,
  reach: 'resource',
  on: [TOPIC],
  *check({ resource }) {
    const written = textAt(resource.body, 'spec', 'topicName');
    const name = written ?? resource.name;
    if (isSubstituted(name)) return;
    const path = written === undefined ? ['metadata', 'name'] : ['spec', 'topicName'];
    if (name.length > LONGEST) yield { path, message: `the topic's name has ${name.length} characters; Kafka takes ${LONGEST}` };
    else if (/^\.{0,2}$/.test(name)) yield { path, message: `Kafka does not take "${name}" as a topic's name` };
    else if (written !== undefined && !/^[a-zA-Z0-9._-]+$/.test(name)) {
      yield {
        path,
        message: `"${name}" holds ${[...new Set(name.replace(/[a-zA-Z0-9._-]/g, ''))].map((character) => `"${character}"`).join(', ')}, which a topic's name cannot hold`,
      };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {topicName: Orders_v1, partitions: 10, replicas: 3}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {topicName: 'orders/v1', partitions: 10, replicas: 3}
`,
};
