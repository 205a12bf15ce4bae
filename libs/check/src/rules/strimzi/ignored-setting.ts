import { formatPath, mapAt } from '../../field.js';
import { BRIDGE, CONNECT, CONNECTOR, KAFKA, MIRROR_MAKER_2 } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';
import { configBlocksOf, insteadOf, isLeftOut } from './forbidden-settings.js';

export const ignoredSetting: ResourceRule = {
  id: 'strimzi/ignored-setting',
  severity: 'error',
  title: 'A config block holds no setting that Strimzi keeps for itself',
  source:
    'R14; strimzi-kafka-operator, AbstractConfiguration.java; FORBIDDEN_PREFIXES of KafkaClusterSpec, CruiseControlSpec, KafkaConnectSpec, KafkaBridge*Spec, AbstractConnectorSpec',
  consequence: "The setting is left out with nothing but a line in the operator's log. The resource becomes Ready, and the setting is not applied.",
  fix: 'Delete the setting, and use the field that the API has for it.',
  reach: 'resource',
  on: [KAFKA, CONNECT, MIRROR_MAKER_2, CONNECTOR, BRIDGE],
  *check({ resource, groupKind }) {
    for (const block of configBlocksOf(resource.body, groupKind)) {
      for (const key of Object.keys(mapAt(resource.body, ...block.path))) {
        if (!isLeftOut(key, block)) continue;
        const fix = insteadOf(groupKind, key);
        // Where it is a field now, that field is missing for the same reason.
        const field = /^Write it as (spec[\w.]*)\.$/.exec(fix ?? '')?.[1];
        yield {
          path: [...block.path, key],
          spoils: field === undefined ? [] : [field.split('.')],
          message: `Strimzi does not take ${key} from ${formatPath(block.path)}`,
          ...(fix === undefined ? {} : { fix }),
        };
      }
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {config: {ssl.cipher.suites: TLS_AES_256_GCM_SHA384, auto.create.topics.enable: false}}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {config: {log.dirs: /data, super.users: 'User:CN=admin'}}}
`,
};
