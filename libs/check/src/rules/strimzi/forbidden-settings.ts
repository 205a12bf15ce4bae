import type { ValueMap } from '@millrace/kustomize';
import { brokerSettings } from '@millrace/model';

import type { FieldPath } from '../../field.js';
import { BRIDGE, CONNECT, CONNECTOR, KAFKA, MIRROR_MAKER_2 } from '../../kinds.js';
import { listenersOf } from './listeners.js';

/** A config block, and what an operator leaves out of it. */
export interface ConfigBlock {
  readonly path: FieldPath;
  /** Beginnings of keys that are left out; compared with the key in small letters. */
  readonly prefixes: readonly string[];
  /** Whole keys that are taken although they begin so. */
  readonly except: readonly string[];
  /** Whole keys that are left out. */
  readonly keys: readonly string[];
}

const CLIENT_TLS = ['ssl.endpoint.identification.algorithm', 'ssl.cipher.suites', 'ssl.protocol', 'ssl.enabled.protocols'];

// CruiseControlSpec.java
const CRUISE_CONTROL_PREFIXES = [
  ...['bootstrap.servers', 'client.id', 'zookeeper.', 'network.', 'security.', 'failed.brokers.zk.path', 'webserver.http.', 'webserver.ssl.'],
  ...['webserver.api.urlprefix', 'webserver.session.path', 'webserver.accesslog.', 'two.step.', 'request.reason.required'],
  ...['metric.reporter.sampler.bootstrap.servers', 'capacity.config.file', 'self.healing.', 'ssl.', 'kafka.broker.failure.detection.enable'],
  'topic.config.provider.class',
];
const CRUISE_CONTROL_EXCEPT = [
  ...['ssl.cipher.suites', 'ssl.protocol', 'ssl.enabled.protocols', 'webserver.http.cors.enabled', 'webserver.http.cors.origin'],
  ...['webserver.http.cors.exposeheaders', 'webserver.security.enable'],
];

// KafkaConnectSpec.java
const WORKER_PREFIXES = ['group.id', 'config.storage.topic', 'offset.storage.topic', 'status.storage.topic', 'listeners', 'plugin.path', 'rest.'];
const CONNECT_PREFIXES = [
  ...WORKER_PREFIXES,
  ...['ssl.', 'sasl.', 'security.', 'bootstrap.servers', 'consumer.interceptor.classes', 'producer.interceptor.classes', 'prometheus.metrics.reporter.'],
];

// KafkaBridgeProducerSpec.java, KafkaBridgeAdminClientSpec.java; KafkaBridgeConsumerSpec.java has the group as well.
const BRIDGE_CLIENT_PREFIXES = ['ssl.', 'bootstrap.servers', 'sasl.', 'security.'];

/** The places of a resource that hold settings of Kafka, and what Strimzi leaves out of each; none for a kind that has no such place. */
export function configBlocksOf(body: ValueMap, groupKind: string): readonly ConfigBlock[] {
  switch (groupKind) {
    case KAFKA: {
      return [
        { path: ['spec', 'kafka', 'config'], ...brokerSettings(listenersOf(body)), keys: [] },
        { path: ['spec', 'cruiseControl', 'config'], prefixes: CRUISE_CONTROL_PREFIXES, except: CRUISE_CONTROL_EXCEPT, keys: [] },
      ];
    }
    case CONNECT:
      return [{ path: ['spec', 'config'], prefixes: CONNECT_PREFIXES, except: CLIENT_TLS, keys: [] }];
    case MIRROR_MAKER_2:
      // Its connectors still get what its workers do not: only what concerns workers alone is lost.
      return [{ path: ['spec', 'target', 'config'], prefixes: WORKER_PREFIXES, except: [], keys: [] }];
    case CONNECTOR:
      // AbstractConnectorSpec.java
      return [{ path: ['spec', 'config'], prefixes: [], except: [], keys: ['name', 'connector.class', 'tasks.max', 'connector.plugin.version'] }];
    case BRIDGE:
      return [
        { path: ['spec', 'consumer', 'config'], prefixes: [...BRIDGE_CLIENT_PREFIXES, 'group.id'], except: CLIENT_TLS, keys: [] },
        { path: ['spec', 'producer', 'config'], prefixes: BRIDGE_CLIENT_PREFIXES, except: CLIENT_TLS, keys: [] },
        { path: ['spec', 'adminClient', 'config'], prefixes: BRIDGE_CLIENT_PREFIXES, except: CLIENT_TLS, keys: [] },
        { path: ['spec', 'config'], prefixes: ['kafka.', 'http.', 'bridge.metrics.'], except: [], keys: ['bridge.id', 'bridge.tracing', 'bridge.metrics'] },
      ];
    default:
      return [];
  }
}

/** Where the setting belongs instead, by resource and the beginning of its key. */
const INSTEAD: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  [KAFKA]: [
    [/^(?:listener|advertised\.|host\.name|port|inter\.broker\.listener|sasl\.|ssl\.|security\.)/, 'Delete it, and set the listener in spec.kafka.listeners.'],
    [/^(?:authorizer\.|super\.user)/, 'Delete it, and write spec.kafka.authorization with its superUsers.'],
    [/^(?:log\.dir|metadata\.log\.dir)/, 'Delete it: the storage of the KafkaNodePool decides.'],
    [/^(?:node\.id|process\.roles|controller\.|broker\.)/, 'Delete it: node pools and the operator decide.'],
    [/^zookeeper\./, 'Delete it: there is no ZooKeeper.'],
    [/^client\.quota\./, 'Delete it, and write spec.kafka.quotas with `type: strimzi`.'],
    [/^prometheus\./, 'Delete it, and write spec.kafka.metricsConfig with `type: strimziMetricsReporter`.'],
  ],
  [CONNECT]: [
    [/^group\.id/, 'Write it as spec.groupId.'],
    [/^config\.storage\.topic/, 'Write it as spec.configStorageTopic.'],
    [/^offset\.storage\.topic/, 'Write it as spec.offsetStorageTopic.'],
    [/^status\.storage\.topic/, 'Write it as spec.statusStorageTopic.'],
    [/^bootstrap\.servers/, 'Write it as spec.bootstrapServers.'],
    [/^(?:ssl|sasl|security)\./, 'Write spec.tls and spec.authentication.'],
  ],
  [MIRROR_MAKER_2]: [
    [/^group\.id/, 'Write it as spec.target.groupId.'],
    [/^config\.storage\.topic/, 'Write it as spec.target.configStorageTopic.'],
    [/^offset\.storage\.topic/, 'Write it as spec.target.offsetStorageTopic.'],
    [/^status\.storage\.topic/, 'Write it as spec.target.statusStorageTopic.'],
  ],
  [CONNECTOR]: [
    [/^name$/, 'Delete it: the connector has the name of the KafkaConnector.'],
    [/^connector\.class$/, 'Write it as spec.class.'],
    [/^tasks\.max$/, 'Write it as spec.tasksMax.'],
    [/^connector\.plugin\.version$/, 'Write it as spec.version.'],
  ],
  [BRIDGE]: [
    [/^bootstrap\.servers/, 'Write it as spec.bootstrapServers.'],
    [/^(?:ssl|sasl|security)\./, 'Write spec.tls and spec.authentication.'],
  ],
};

/** What to write for a setting that Strimzi leaves out; undefined where there is nothing better than to remove it. */
export function insteadOf(groupKind: string, key: string): string | undefined {
  return INSTEAD[groupKind]?.find(([pattern]) => pattern.test(key))?.[1];
}

/** Whether Strimzi leaves a setting out of a block: by the beginning of its name in whatever case, unless the name is excepted as it is written. */
export function isLeftOut(key: string, { prefixes, except, keys }: ConfigBlock): boolean {
  const small = key.toLowerCase();
  return keys.includes(small) || (prefixes.some((prefix) => small.startsWith(prefix)) && !except.includes(key));
}
