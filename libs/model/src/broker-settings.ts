/** Beginnings of broker settings that Strimzi decides itself (R14; strimzi-kafka-operator, KafkaClusterSpec.java). */
const BROKER_PREFIXES = [
  ...['listeners', 'advertised.', 'broker.', 'listener.', 'host.name', 'port', 'inter.broker.listener.name', 'sasl.', 'ssl.', 'security.', 'password.'],
  ...['log.dir', 'zookeeper.connect', 'zookeeper.set.acl', 'zookeeper.ssl', 'zookeeper.metadata.migration.enable', 'authorizer.', 'super.user'],
  ...['cruise.control.metrics.topic', 'cruise.control.metrics.reporter.bootstrap.servers', 'node.id', 'process.roles', 'controller.', 'metadata.log.dir'],
  ...['client.quota.callback.static.kafka.admin.', 'client.quota.callback.static.produce', 'client.quota.callback.static.fetch'],
  ...['client.quota.callback.static.storage.per.volume.limit.min.available.', 'client.quota.callback.static.excluded.principal.name.list'],
  ...['prometheus.metrics.reporter.', 'cordoned.log.dirs'],
];
/** Settings that it takes all the same. */
const BROKER_EXCEPT = [
  ...['zookeeper.connection.timeout.ms', 'sasl.server.max.receive.size', 'ssl.cipher.suites', 'ssl.protocol', 'ssl.enabled.protocols'],
  ...['ssl.secure.random.implementation', 'broker.session.timeout.ms', 'broker.heartbeat.interval.ms', 'controller.socket.timeout.ms'],
  ...['controller.quorum.election.backoff.max.ms', 'controller.quorum.election.timeout.ms', 'controller.quorum.fetch.timeout.ms'],
  ...['num.partitions', 'replication.factor', 'retention.ms', 'auto.create.retries', 'auto.create.timeout.ms', 'min.insync.replicas'].map(
    (name) => `cruise.control.metrics.topic.${name}`,
  ),
];
const PER_LISTENER = ['connections.max.reauth.ms', 'max.connections', 'max.connection.creation.rate'];

/** What Strimzi leaves out of spec.kafka.config without a word in the status: by beginning, and what it takes although it begins so. */
export function brokerSettings(listeners: readonly { readonly name?: string | undefined; readonly port?: string | number | undefined }[]): {
  readonly prefixes: readonly string[];
  readonly except: readonly string[];
} {
  const ofListeners = listeners.flatMap(({ name, port }) => PER_LISTENER.map((key) => `listener.name.${name ?? ''}-${port ?? ''}.${key}`));
  return { prefixes: BROKER_PREFIXES, except: [...BROKER_EXCEPT, ...ofListeners] };
}
