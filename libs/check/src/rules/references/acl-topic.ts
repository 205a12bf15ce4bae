import { USER } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ReferenceRule } from '../../rule.js';
import { aclsOf } from '../strimzi/acls.js';
import { similarTopic, topicsOf } from './declared-topics.js';
import { kafkaOf } from './job-client.js';

export const aclTopic: ReferenceRule = {
  id: 'references/acl-topic',
  severity: 'warning',
  title: 'An ACL names a topic that a KafkaTopic declares',
  source: 'R11, R14; Apache Kafka, StandardAuthorizer: an ACL for a topic that is not there is kept, and allows nothing',
  consequence: 'The user may not do what was meant: its clients get TOPIC_AUTHORIZATION_FAILED for the topic they do use.',
  fix: 'Correct the name of the topic, or declare it as a KafkaTopic.',
  reach: 'references',
  on: [USER],
  *check(subject, universe) {
    const kafka = kafkaOf(subject, universe);
    if (kafka === undefined) return;
    for (const { allows, resourceType, name, isPrefix, path } of aclsOf(subject.resource.body)) {
      if (!allows || isPrefix || resourceType !== 'topic' || !name || name === '*' || name.startsWith('__') || isSubstituted(name)) continue;
      const topics = topicsOf(kafka, universe);
      if (topics === undefined || topics.has(name)) continue;
      const similar = similarTopic(name, topics);
      yield {
        path: [...path, 'resource', 'name'],
        message: `no KafkaTopic of the Kafka ${kafka.resource.name} declares the topic ${name}${similar === undefined ? '' : `; there is ${similar}`}`,
      };
    }
  },
  passes: example('orders'),
  fails: example('order'),
};

function example(topic: string): string {
  return `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {authorization: {type: simple}, config: {auto.create.topics.enable: 'false'}}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: order-processor, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec:
  authentication: {type: scram-sha-512}
  authorization:
    type: simple
    acls: [{resource: {type: topic, name: ${topic}, patternType: literal}, operations: [Read]}]
`;
}
