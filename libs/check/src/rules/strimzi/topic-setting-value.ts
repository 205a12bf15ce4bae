import { TOPIC } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { integerSetting, settingsAt } from './settings.js';
import { TOPIC_SETTINGS } from './topic-settings.js';

export const topicSettingValue: ResourceRule = {
  id: 'strimzi/topic-setting-value',
  severity: 'error',
  title: 'Settings of a topic have values that Kafka can read',
  source: 'R9, R90; Kafka 4.2 and 4.3, LogConfig.java',
  consequence: 'Kafka refuses the topic with InvalidConfigurationException: it is not created, or none of its changes is applied.',
  fix: 'Write a value of the kind and range that the setting has. Times are in milliseconds, sizes in bytes, without a unit.',
  reach: 'resource',
  on: [TOPIC],
  *check({ resource }) {
    const settings = settingsAt(resource.body, 'spec', 'config');
    for (const { key, text, path } of settings) {
      const expected = (Object.hasOwn(TOPIC_SETTINGS, key) ? TOPIC_SETTINGS[key] : undefined)?.(text);
      if (expected !== undefined) yield { path, message: `${key} is "${text}"; expected is ${expected}` };
    }
    const [least, most] = [integerSetting(settings, 'min.compaction.lag.ms'), integerSetting(settings, 'max.compaction.lag.ms')];
    if (least !== undefined && most !== undefined && least > most) {
      yield { path: ['spec', 'config', 'min.compaction.lag.ms'], message: `min.compaction.lag.ms (${least}) is more than max.compaction.lag.ms (${most})` };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 10, replicas: 3, config: {retention.ms: 604800000, cleanup.policy: 'compact,delete'}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {partitions: 10, replicas: 3, config: {retention.ms: 7d, compression.type: none}}
`,
};
