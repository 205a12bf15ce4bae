import { quartzError } from '@millrace/model';
import { describe, expect, it } from 'vitest';

import { formatPath } from '../../field.js';
import { readManifests } from '../../sources/read-manifests.js';
import { strimziRules } from './index.js';
import { quantity } from './quantity.js';

/** What all rules of the area say of manifests: `rule at field`. */
function found(yaml: string): readonly string[] {
  const reading = readManifests('example.yaml', yaml);
  if (reading.kind !== 'manifests') throw new Error(`no resources: ${JSON.stringify(reading)}`);
  return reading.subjects.flatMap((subject) =>
    strimziRules.flatMap((rule) => {
      if (rule.reach !== 'resource' || !(rule.on === 'any' || rule.on.includes(subject.groupKind))) return [];
      return [...rule.check(subject)].map(({ path }) => `${rule.id.replace('strimzi/', '')} at ${formatPath(path)}`);
    }),
  );
}

function resource(kind: string, rest: string, apiVersion = 'kafka.strimzi.io/v1', name = 'example'): string {
  const labels = ['KafkaNodePool', 'KafkaTopic', 'KafkaUser', 'KafkaRebalance'].includes(kind) ? ', labels: {strimzi.io/cluster: kafka}' : '';
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: kafka${labels}}\n${rest}\n`;
}
const kafka = (spec: string): string => resource('Kafka', `spec: {kafka: ${spec}}`);
const config = (settings: string): string => kafka(`{version: 4.3.1, metadataVersion: 4.3-IV0, authorization: {type: simple}, config: ${settings}}`);
const listener = (rest: string): string => kafka(`{listeners: [{name: tls, port: 9093, authentication: {type: scram-sha-512}, ${rest}}]}`);
const topic = (spec: string): string => resource('KafkaTopic', `spec: ${spec}`);
const acl = (rule: string): string => resource('KafkaUser', `spec: {authorization: {type: simple, acls: [${rule}]}}`);
const storage = (spec: string): string => resource('KafkaNodePool', `spec: {replicas: 3, roles: [broker], storage: ${spec}}`);

describe('what is right, and said nothing of', () => {
  it.each([
    [
      'a development cluster with one of everything',
      config(
        '{default.replication.factor: 1, min.insync.replicas: 1, offsets.topic.replication.factor: 1, transaction.state.log.replication.factor: 1, transaction.state.log.min.isr: 1}',
      ),
    ],
    ['no config at all', kafka('{}')],
    ['a topic with one replica', topic('{partitions: 1, replicas: 1, config: {min.insync.replicas: 1}}')],
    ['a topic that leaves its replicas to the cluster', topic('{config: {min.insync.replicas: 2}}')],
    [
      'settings still to be filled in',
      config('{default.replication.factor: "${REPLICAS}", min.insync.replicas: "{{ .Values.minIsr }}", offsets.topic.replication.factor: "${REPLICAS}"}'),
    ],
    ['a version still to be filled in', kafka('{version: "${KAFKA_VERSION}", metadataVersion: "${METADATA_VERSION}"}')],
    ['Kafka upgraded before its metadata', kafka('{version: 4.3.1, metadataVersion: "4.2"}')],
    ['Connect with an image and a version of its own', resource('KafkaConnect', 'spec: {version: 3.9.0, image: registry.example.com/connect}')],
    [
      'the exceptions among what Strimzi keeps for itself',
      config('{ssl.enabled.protocols: TLSv1.3, controller.quorum.fetch.timeout.ms: 2000, cruise.control.metrics.topic.num.partitions: 1}'),
    ],
    [
      'limits of a listener that there is',
      kafka(
        '{listeners: [{name: tls, port: 9093, type: internal, tls: true, authentication: {type: tls}}], config: {listener.name.tls-9093.max.connections: 100}}',
      ),
    ],
    ['topics made on demand by default', config('{num.partitions: 3}')],
    ['topics not made on demand', config('{auto.create.topics.enable: false}')],
    ['an empty option of another type of listener', listener('type: internal, tls: true, configuration: {finalizers: [], createBootstrapService: true}')],
    [
      'hosts broker by broker',
      listener('type: tlsroute, tls: true, configuration: {parentRefs: [{name: g}], bootstrap: {host: a}, brokers: [{broker: 0, host: b}]}'),
    ],
    ['reading every topic', acl('{resource: {type: topic, name: "*"}, operations: [Read, Describe, DescribeConfigs]}')],
    ['every group', acl('{resource: {type: group, name: "*"}, operations: [Read]}')],
    ['denying everything', acl('{type: deny, resource: {type: topic, name: "*"}, operations: [All]}')],
    ['the cluster, which has no name', acl('{resource: {type: cluster}, operations: [IdempotentWrite]}')],
    ['Read without Describe', acl('{resource: {type: topic, name: orders}, operations: [Read]}')],
    ['a long name without a certificate', resource('KafkaUser', 'spec: {authentication: {type: scram-sha-512}}', 'kafka.strimzi.io/v1', 'u'.repeat(100))],
    ['a name of 64 characters', resource('KafkaUser', 'spec: {authentication: {type: tls}}', 'kafka.strimzi.io/v1', 'u'.repeat(64))],
    ['ephemeral storage', storage('{type: ephemeral}')],
    [
      'volumes without a mark for the metadata',
      storage('{type: jbod, volumes: [{id: 0, type: persistent-claim, size: 1Ti}, {id: 1, type: persistent-claim, size: 500G}]}'),
    ],
    ['a size still to be filled in', storage('{type: persistent-claim, size: "${SIZE}"}')],
    ['no node ids to remove', resource('KafkaNodePool', '').replace('labels:', 'annotations: {strimzi.io/remove-node-ids: "[]"}, labels:')],
    ['a name of a topic in capitals', topic('{topicName: Orders.V1_final-2}')],
    [
      'settings as lists, numbers and booleans',
      topic('{config: {cleanup.policy: [compact, delete], retention.ms: -1, preallocate: true, min.cleanable.dirty.ratio: 0.5}}'),
    ],
    [
      'a template of rebalances',
      resource('KafkaRebalance', 'spec: {mode: add-brokers}').replace('labels:', 'annotations: {strimzi.io/rebalance-template: "true"}, labels:'),
    ],
    ['the same namespace, watched', resource('Kafka', 'spec: {entityOperator: {topicOperator: {watchedNamespace: kafka}}}')],
    [
      'a monitor of Strimzi as it comes',
      'apiVersion: monitoring.coreos.com/v1\nkind: PodMonitor\nmetadata: {name: kafka}\nspec: {namespaceSelector: {matchNames: [myproject]}}\n',
    ],
    ['an annotation that pauses nothing', resource('Kafka', '').replace('namespace:', 'annotations: {strimzi.io/pause-reconciliation: "false"}, namespace:')],
    ['validity of a year, renewal of a month', resource('Kafka', 'spec: {clusterCa: {validityDays: 31}, clientsCa: {renewalDays: 364}}')],
    [
      'source settings that MirrorMaker 2 hands to its connectors',
      resource('KafkaMirrorMaker2', 'spec: {target: {config: {ssl.protocol: TLS, sasl.login.class: x}}}'),
    ],
  ])('%s', (_what, yaml) => {
    expect(found(yaml)).toEqual([]);
  });
});

describe('what is wrong, and where', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    [
      config('{default.replication.factor: 3, min.insync.replicas: 2, transaction.state.log.replication.factor: 3, transaction.state.log.min.isr: 3}'),
      ['spare-replica at spec.kafka.config[transaction.state.log.min.isr]'],
    ],
    // Two factors are less than the number in sync: one finding, for the smaller.
    [
      config('{default.replication.factor: 2, min.insync.replicas: 3, offsets.topic.replication.factor: 1}'),
      ['min-insync-replicas at spec.kafka.config[min.insync.replicas]'],
    ],
    [
      config('{default.replication.factor: 2, min.insync.replicas: 2, offsets.topic.replication.factor: 2}'),
      ['spare-replica at spec.kafka.config[min.insync.replicas]'],
    ],
    [config('{offsets.topic.replication.factor: "3"}'), ['default-replication at spec.kafka.config[default.replication.factor]']],
    [topic('{replicas: 3, config: {min.insync.replicas: "3"}}'), ['spare-replica at spec.config[min.insync.replicas]']],
    [kafka('{metadataVersion: 4.3}'), ['metadata-version at spec.kafka.metadataVersion']],
    [kafka('{metadataVersion: "4.4-IV0"}'), ['metadata-version at spec.kafka.metadataVersion']],
    [kafka('{metadataVersion: "latest"}'), ['metadata-version at spec.kafka.metadataVersion']],
    [kafka('{metadataVersion: "3.2-IV0"}'), ['metadata-version at spec.kafka.metadataVersion']],
    [kafka('{version: 4.3}'), ['kafka-version at spec.kafka.version']],
    [config('{listener.name.tls-9093.max.connections: 100}'), ['ignored-setting at spec.kafka.config[listener.name.tls-9093.max.connections]']],
    [config('{SSL.protocol: TLS}'), ['ignored-setting at spec.kafka.config[SSL.protocol]']],
    [config('{auto.create.topics.enable: "True"}'), ['broker-setting-value at spec.kafka.config[auto.create.topics.enable]']],
    [resource('KafkaConnector', 'spec: {config: {tasks.max: 2, tasks.max.enforce: true}}'), ['ignored-setting at spec.config[tasks.max]']],
    [
      resource('KafkaBridge', 'spec: {consumer: {config: {group.id: a}}, producer: {config: {acks: all, sasl.mechanism: PLAIN}}}'),
      ['ignored-setting at spec.consumer.config[group.id]', 'ignored-setting at spec.producer.config[sasl.mechanism]'],
    ],
    [listener('type: route, tls: false'), ['listener-tls at spec.kafka.listeners[0].tls']],
    [
      listener('type: cluster-ip, tls: true, configuration: {createBootstrapService: false, brokers: [{broker: 0, host: a}]}'),
      [
        'listener-configuration at spec.kafka.listeners[0].configuration.createBootstrapService',
        'listener-configuration at spec.kafka.listeners[0].configuration.brokers[0].host',
      ],
    ],
    [
      listener('type: tlsroute, tls: true'),
      [
        'listener-hosts at spec.kafka.listeners[0].configuration.bootstrap.host',
        'listener-hosts at spec.kafka.listeners[0].configuration.hostTemplate',
        'listener-hosts at spec.kafka.listeners[0].configuration.parentRefs',
      ],
    ],
    [acl('{resource: {type: topic}, operations: [Read]}'), ['acl-resource at spec.authorization.acls[0].resource.name']],
    [acl('{resource: {type: topic, name: "*", patternType: prefix}, operations: [Write]}'), ['acl-resource at spec.authorization.acls[0].resource.name']],
    [acl('{resource: {type: transactionalId, name: orders}, operations: [Read]}'), ['acl-without-effect at spec.authorization.acls[0].operations[0]']],
    [
      acl('{resource: {type: topic, name: orders}, operation: All}'),
      ['acl-operations at spec.authorization.acls[0].operation', 'acl-all at spec.authorization.acls[0].operation'],
    ],
    [
      resource('KafkaUser', 'spec: {authentication: {type: tls, password: {valueFrom: {secretKeyRef: {name: a, key: b}}}}}'),
      ['user-password at spec.authentication.password'],
    ],
    [storage('{type: jbod, volumes: []}'), ['storage-volumes at spec.storage.volumes']],
    [storage('{type: jbod, volumes: [{type: persistent-claim, size: 1Gi}]}'), ['storage-volumes at spec.storage.volumes[0].id']],
    [storage('{type: persistent-claim}'), ['storage-size at spec.storage.size']],
    [storage('{type: persistent-claim, size: 1.5Tb}'), ['storage-size at spec.storage.size']],
    [
      resource('Kafka', 'spec: {cruiseControl: {resources: {requests: {cpu: 1500m}, limits: {cpu: 1}}}}'),
      ['resource-limits at spec.cruiseControl.resources.requests.cpu'],
    ],
    [resource('KafkaConnect', 'spec: {resources: {limits: {memory: 0}}}'), ['resource-limits at spec.resources.limits.memory']],
    [resource('Kafka', 'spec: {clientsCa: {renewalDays: 365}}'), ['ca-renewal at spec.clientsCa.renewalDays']],
    [topic('{config: {min.compaction.lag.ms: 2, max.compaction.lag.ms: 1}}'), ['topic-setting-value at spec.config[min.compaction.lag.ms]']],
    [
      topic('{config: {retention.ms: 9223372036854775808, segment.bytes: 1000, min.cleanable.dirty.ratio: 50}}'),
      [
        'topic-setting-value at spec.config[retention.ms]',
        'topic-setting-value at spec.config[segment.bytes]',
        'topic-setting-value at spec.config[min.cleanable.dirty.ratio]',
      ],
    ],
    [topic('{topicName: ..}'), ['topic-name at spec.topicName']],
    [topic(`{topicName: ${'t'.repeat(250)}}`), ['topic-name at spec.topicName']],
    [resource('KafkaTopic', 'spec: {}', 'kafka.strimzi.io/v1', 't'.repeat(250)), ['topic-name at metadata.name']],
    [resource('KafkaConnect', 'spec: {authentication: {type: tls, certificateAndKey: {}}}'), ['client-authentication at spec.tls']],
    [
      resource('KafkaMirrorMaker2', 'spec: {mirrors: [{source: {tls: {}, authentication: {type: tls}}}]}'),
      ['client-authentication at spec.mirrors[0].source.authentication.certificateAndKey'],
    ],
    [resource('KafkaConnect', 'spec: {build: {plugins: [{name: a}, {name: a}]}}'), ['connect-build at spec.build.plugins[1].name']],
    [resource('KafkaMirrorMaker', 'spec: {}', 'kafka.strimzi.io/v1beta2'), ['api-version at apiVersion']],
    // Nobody has to sign in: told once, at the first of the open listeners.
    [
      kafka(
        '{listeners: [{name: a, port: 9092, type: internal, tls: true, authentication: {type: scram-sha-512}}, {name: b, port: 9093, type: internal}, {name: c, port: 9094, type: internal}]}',
      ),
      ['listener-authentication at spec.kafka.listeners[1].authentication'],
    ],
    // What was written for an old API is read like anything else.
    [
      resource(
        'Kafka',
        'spec: {kafka: {replicas: 3, storage: {type: ephemeral}, version: 3.6.0, listeners: [{name: plain, port: 9092, type: internal, tls: false}]}}',
        'kafka.strimzi.io/v1beta2',
      ),
      [
        'api-version at apiVersion',
        'kafka-replicas at spec.kafka.replicas',
        'kafka-storage at spec.kafka.storage',
        'kafka-version at spec.kafka.version',
        'listener-authentication at spec.kafka.listeners[0].authentication',
      ],
    ],
  ];

  it.each(cases.map(([yaml, expected]) => [expected.join(', '), yaml, expected] as const))('%s', (_title, yaml, expected) => {
    expect(found(yaml)).toEqual(expected);
  });
});

describe('odd shapes', () => {
  const kinds = [...new Set(strimziRules.flatMap((rule) => (rule.reach === 'resource' && rule.on !== 'any' ? rule.on : [])))];
  const odd = ['[]', 'null', 'text', '7', '[null, text, 7, [], {}]'];

  it.each(kinds)('of %s stop no rule', (groupKind) => {
    const [group = '', kind = ''] = groupKind.split('/');
    for (const shape of odd) {
      const fields = [
        'config',
        'storage',
        'authorization',
        'authentication',
        'mirrors',
        'clusters',
        'cruiseControl',
        'maintenanceTimeWindows',
        'roles',
        'build',
      ];
      const inKafka = `kafka: {listeners: ${shape}, config: ${shape}, authorization: {superUsers: ${shape}}, quotas: ${shape}}`;
      const spec = `spec: {${fields.map((field) => `${field}: ${shape}`).join(', ')}, ${inKafka}}`;
      const deeper = `spec: {storage: {type: jbod, volumes: ${shape}}, authorization: {acls: ${shape}}, kafka: ${shape}, target: ${shape}}`;
      for (const body of [`spec: ${shape}`, spec, deeper]) expect(() => found(resource(kind, body, `${group}/v1`))).not.toThrow();
    }
  });
});

describe('cron expressions', () => {
  it.each([
    '* * 0-1 ? * SUN,MON,TUE,WED,THU *',
    '0 0/5 14,18 ? * MON-FRI',
    '* * 22-2 ? * SAT',
    '* * 1 ? * SUNDAY,WEDNESDAY',
    '0 15 10 L * ?',
    '0 15 10 LW * ?',
    '* * 1 ? * 6#3',
    '* * 1 15W jan-mar ?',
    '* 0/15 * 1 1 ? 2030',
  ])('Quartz takes %s', (expression) => {
    expect(quartzError(expression)).toBeUndefined();
  });

  it.each([
    '0 2 * * SUN',
    '* * 2 * * *',
    '* * 2 ? * ?',
    '* * 24 ? * SUN',
    '* * 2 ? * SON',
    '* * 2 ? 13 SUN',
    '* 60 2 ? * SUN',
    '* ? 2 ? * SUN',
    '* * 2 ? * 0',
    'every sunday at two in the night',
  ])('Quartz does not take %s', (expression) => {
    expect(quartzError(expression)).toBeDefined();
  });
});

describe('quantities', () => {
  it.each([
    ['1Gi', 2 ** 30],
    ['1.5k', 1500],
    ['500m', 0.5],
    ['1e3', 1000],
    ['2E', 2e18],
    [7n, 7],
  ])('%s is read', (text, number) => {
    expect(quantity(text)).toBeCloseTo(number);
  });

  it.each(['100GB', '100gi', '1K', '', 'Gi', '1 Gi', undefined])('%s is none', (text) => {
    expect(quantity(text)).toBeUndefined();
  });
});
