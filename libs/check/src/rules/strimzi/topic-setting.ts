import { mapAt } from '../../field.js';
import { TOPIC } from '../../kinds.js';
import { isSubstituted } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';
import { TOPIC_SETTING_INSTEAD, TOPIC_SETTINGS } from './topic-settings.js';

export const topicSetting: ResourceRule = {
  id: 'strimzi/topic-setting',
  severity: 'error',
  title: 'A topic is configured with settings that Kafka has for topics',
  source: 'R9, R90; Kafka 4.2 and 4.3, LogConfig.java (validateNames)',
  consequence: 'Kafka refuses the topic with "Unknown topic config name": it is not created, or none of its changes is applied.',
  fix: 'Write a setting of topics, without the "log." that brokers have before it.',
  reach: 'resource',
  on: [TOPIC],
  *check({ resource }) {
    for (const key of Object.keys(mapAt(resource.body, 'spec', 'config'))) {
      if (Object.hasOwn(TOPIC_SETTINGS, key) || isSubstituted(key)) continue;
      const fix = Object.hasOwn(TOPIC_SETTING_INSTEAD, key) ? TOPIC_SETTING_INSTEAD[key] : undefined;
      yield { path: ['spec', 'config', key], message: `Kafka has no setting ${key} for topics`, ...(fix === undefined ? {} : { fix }) };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 10, replicas: 3, config: {retention.ms: 604800000}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 10, replicas: 3, config: {log.retention.hours: 168}}
`,
};
