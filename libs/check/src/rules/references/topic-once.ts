import { fieldAt, scalarText } from '../../field.js';
import { TOPIC } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import type { ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import type { Universe } from '../../universe.js';
import { clustersOf } from '../argocd/applications.js';
import { clusterLabelOf, topicNameOf } from './kafka-cluster.js';

export const topicOnce: ReferenceRule = {
  id: 'references/topic-once',
  severity: 'error',
  title: 'A topic of Kafka is declared once, and no two differ only by a dot and an underscore',
  source: 'R9; strimzi-kafka-operator, BatchingTopicController.java (ResourceConflict); Apache Kafka, ReplicationControlManager.java (validateNewTopicNames)',
  consequence:
    "The younger KafkaTopic is not Ready: the Topic Operator leaves the topic to the older one, and Kafka refuses a name that collides with another's metrics.",
  fix: 'Remove one of the two KafkaTopics, or give it another spec.topicName.',
  reach: 'references',
  on: [TOPIC],
  *check(subject, universe) {
    if (clusterLabelOf(subject) === undefined || !isManaged(subject)) return;
    const topics = byTopic(universe);
    const other = topics.first(keysOf(subject, universe), ({ resource }) => resource.name !== subject.resource.name);
    if (other === undefined || !topics.isBefore(other, subject)) return;
    const [mine, its] = [topicNameOf(subject), topicNameOf(other)];
    yield {
      path: subject.resource.name === mine ? ['metadata', 'name'] : ['spec', 'topicName'],
      message:
        mine === its
          ? `the KafkaTopic ${other.resource.name} declares the topic ${mine} too`
          : `the topic ${mine} collides with ${its} of the KafkaTopic ${other.resource.name}: Kafka takes "." and "_" for the same`,
    };
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: order-totals, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {topicName: orders.totals}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders-of-shop, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {topicName: orders}
`,
};

/** KafkaTopics that mean the same topic, in each cluster that they may be in. */
const byTopic = oncePerUniverse((universe) => new OrderedIndex(universe.of(TOPIC).filter(isManaged), (topic) => keysOf(topic, universe)));

function keysOf(topic: Subject, universe: Universe): readonly string[] {
  const name = topicNameOf(topic).replaceAll('.', '_');
  return clustersOf(topic, universe).map((cluster) => [cluster, topic.namespace ?? '', clusterLabelOf(topic) ?? '', name].join('\n'));
}

/** Whether the Topic Operator acts on it: a topic that changes its KafkaTopic has two for a while. */
function isManaged({ resource }: Subject): boolean {
  return scalarText(fieldAt(resource.body, 'metadata', 'annotations', 'strimzi.io/managed')) !== 'false';
}
