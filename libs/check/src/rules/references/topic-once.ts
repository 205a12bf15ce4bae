import { fieldAt, scalarText } from '../../field.js';
import type { ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import type { Universe } from '../../universe.js';
import { isDeployedWith } from '../argocd/applications.js';
import { TOPIC, clusterLabelOf, topicNameOf } from './kafka-cluster.js';

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
    const [other] = others(subject, universe);
    if (other === undefined) return;
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

const collected = new WeakMap<Universe, ReadonlyMap<string, readonly Subject[]>>();
const keyOf = (topic: Subject): string => [topic.scope, topic.namespace ?? '', clusterLabelOf(topic) ?? '', topicNameOf(topic).replaceAll('.', '_')].join('\n');

/** The KafkaTopics before this one that mean the same topic. */
function others(subject: Subject, universe: Universe): readonly Subject[] {
  if (clusterLabelOf(subject) === undefined) return [];
  const byName = collected.get(universe) ?? byTopic(universe.of(TOPIC));
  collected.set(universe, byName);
  const same = byName.get(keyOf(subject)) ?? [];
  return same
    .slice(0, same.indexOf(subject))
    .filter((other) => other.resource.name !== subject.resource.name && isManaged(other) && isManaged(subject))
    .filter((other) => isDeployedWith(subject, other, universe));
}

function byTopic(topics: readonly Subject[]): ReadonlyMap<string, readonly Subject[]> {
  const map = new Map<string, Subject[]>();
  for (const topic of topics) {
    const key = keyOf(topic);
    const list = map.get(key);
    if (list === undefined) map.set(key, [topic]);
    else list.push(topic);
  }
  return map;
}

/** Whether the Topic Operator acts on it: a topic that changes its KafkaTopic has two for a while. */
function isManaged({ resource }: Subject): boolean {
  return scalarText(fieldAt(resource.body, 'metadata', 'annotations', 'strimzi.io/managed')) !== 'false';
}
