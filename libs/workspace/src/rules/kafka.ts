import {
  brokerSettings,
  declaredKafkas,
  kafkaPath,
  quantityOf,
  replicationOf,
  teamNamespace,
  TRANSACTION_TIMEOUT,
  type Declared,
  type Environment,
  type Kafka,
  type Path,
  type Problem,
  type Workspace,
} from '@millrace/model';

import { kafkaListeners } from './kafka-listeners.js';
import { problemAt } from './rule.js';

/** A problem at a setting of one Kafka cluster. */
export type KafkaProblem = (path: Path, message: string, remedy: string) => Problem;

/** What an environment says of its Kafka clusters must be something that Strimzi and Kafka take, and do (R4 to R18). */
export function* kafkaClusters(workspace: Workspace): Generator<Problem> {
  for (const declared of workspace.environments.values()) {
    const namespaces = new Map<string, string>();
    for (const { name, kafka } of declaredKafkas(declared.value)) {
      const problem: KafkaProblem = (rest, message, remedy) => problemAt(declared, [...kafkaPath(name), ...rest], message, remedy);
      const other = namespaces.get(kafka.namespace);
      if (other !== undefined) {
        yield problem(
          ['namespace'],
          `the Kafkas ${other} and ${kafka.cluster} would share the namespace ${kafka.namespace}: the users of one would be the other's`,
          'Give each a namespace of its own (R8).',
        );
      }
      namespaces.set(kafka.namespace, kafka.cluster);
      yield* ownNamespace(workspace, declared, kafka, problem);
      yield* nodes(kafka, problem);
      yield* kafkaListeners(kafka, problem);
      yield* brokerSettingsOf(kafka, problem);
      yield* certificates(kafka, problem);
    }
  }
}

function* ownNamespace(workspace: Workspace, { value }: Declared<Environment>, { namespace }: Kafka, problem: KafkaProblem): Generator<Problem> {
  if (!Object.keys(workspace.millrace.value.teams).some((team) => teamNamespace(workspace, value, team) === namespace)) return;
  yield problem(
    ['namespace'],
    `a team's jobs would run in Kafka's namespace ${namespace}, beside the certificate authorities' private keys`,
    'Give Kafka or the team another namespace.',
  );
}

/** The most that the heap may have of a pod's memory: the rest is the page cache, which Kafka reads from, and Java's own. */
const MOST_HEAP = 0.75;

function* nodes(kafka: Kafka, problem: KafkaProblem): Generator<Problem> {
  const { brokers, controllers, topicDefaults, cruiseControl, quotas } = kafka;
  if (topicDefaults?.replicas !== undefined && topicDefaults.replicas > brokers.replicas) {
    yield problem(
      ['topicDefaults', 'replicas'],
      `topics are to have ${topicDefaults.replicas} replicas on ${brokers.replicas} brokers`,
      'Lower replicas, or add brokers.',
    );
  }
  if (controllers !== undefined && controllers.replicas % 2 === 0) {
    yield problem(
      ['controllers', 'replicas'],
      `${controllers.replicas} controllers survive no more failures than ${controllers.replicas - 1}`,
      'Choose an odd number: 1, 3 or 5 (R4).',
    );
  }
  for (const [role, pool] of [['controllers', controllers] as const, ['brokers', brokers] as const]) {
    if (pool?.jvm === undefined || pool.resources === undefined) continue;
    const [heap = 0, memory = 0] = [pool.jvm.heap, pool.resources.memory].map(quantityOf);
    if (heap <= memory * MOST_HEAP) continue;
    yield problem(
      [role, 'jvm', 'heap'],
      heap > memory
        ? `a heap of ${pool.jvm.heap} does not fit into ${pool.resources.memory} of memory: Kubernetes would kill the pod`
        : `a heap of ${pool.jvm.heap} leaves less than a quarter of ${pool.resources.memory} for the page cache and Java itself`,
      'Lower the heap (half of the memory is the usual choice), or raise resources.memory.',
    );
  }
  if (cruiseControl !== undefined && brokers.replicas < 2) {
    yield problem(
      ['cruiseControl'],
      'Cruise Control needs two brokers, and there is one: Strimzi would refuse the whole Kafka',
      'Remove cruiseControl, or raise brokers.replicas (R10).',
    );
  }
  if (quotas?.minAvailableBytesPerVolume !== undefined && quotas.minAvailableRatioPerVolume !== undefined) {
    yield problem(
      ['quotas', 'minAvailableRatioPerVolume'],
      'minAvailableBytesPerVolume and minAvailableRatioPerVolume say the same in two ways',
      'Keep one of the two (R15).',
    );
  }
}

/** Settings that count replicas: none can have more than there are brokers. */
const FACTORS = ['default.replication.factor', 'offsets.topic.replication.factor', 'transaction.state.log.replication.factor'];

/** Settings that say how many copies must be in sync: of how many there are, and what says so. */
function inSync(kafka: Kafka): ReadonlyMap<string, readonly [copies: number, name: string]> {
  const { otherwise, topics, transactions } = replicationOf(kafka);
  return new Map([
    // Topics may have fewer copies than the brokers would make.
    ['min.insync.replicas', topics < otherwise ? [topics, 'topicDefaults.replicas'] : [otherwise, 'default.replication.factor']],
    ['transaction.state.log.min.isr', [transactions, 'transaction.state.log.replication.factor']],
  ]);
}

function* brokerSettingsOf(kafka: Kafka, problem: KafkaProblem): Generator<Problem> {
  const { config, listeners, brokers } = kafka;
  const { prefixes, except } = brokerSettings(Object.entries(listeners).map(([name, { port }]) => ({ name, port })));
  const copiesInSync = inSync(kafka);
  for (const [key, value] of Object.entries(config)) {
    const small = key.toLowerCase();
    if (prefixes.some((prefix) => small.startsWith(prefix)) && !except.includes(key)) {
      yield problem(['config', key], `Strimzi decides ${key} itself and leaves this one out, without a word in the status`, insteadOf(small));
      continue;
    }
    if (key === 'auto.create.topics.enable' && value !== 'false') {
      yield problem(
        ['config', key],
        'with auto.create.topics.enable a typing error in a client makes a topic that nobody declared',
        'Remove it, and declare the topics: millrace topic (R11).',
      );
    }
    const counts = FACTORS.includes(key) || copiesInSync.has(key);
    if ((counts || key === 'transaction.max.timeout.ms') && !/^[1-9]\d*$/.test(value)) {
      yield problem(['config', key], `${key} is a number, and this is ${JSON.stringify(value)}`, 'Write a whole number, 1 or more.');
      continue;
    }
    if (FACTORS.includes(key) && Number(value) > brokers.replicas) {
      yield problem(['config', key], `${key} is ${value}, and there are ${brokers.replicas} brokers`, 'Lower it, or add brokers (R6).');
    }
    const [copies = 0, name = ''] = copiesInSync.get(key) ?? [];
    if (Number(value) >= copies && copies > 1) {
      yield problem(
        ['config', key],
        `${key} is ${value} of ${copies} copies (${name}): no broker could be restarted without stopping producers`,
        `Lower it to ${copies - 1} (R6).`,
      );
    }
    if (key === 'transaction.max.timeout.ms' && Number(value) < TRANSACTION_TIMEOUT) {
      yield problem(
        ['config', key],
        `${value} ms are less than the ${TRANSACTION_TIMEOUT} that Flink's sinks ask for: exactly-once jobs would not start`,
        `Write ${TRANSACTION_TIMEOUT} or more, or remove it (R88).`,
      );
    }
  }
}

function insteadOf(key: string): string {
  if (/^(?:log\.dir|metadata\.log\.dir)/.test(key)) return 'Remove it: storage decides (R14).';
  if (/^super\.user/.test(key)) return 'Remove it, and write superUsers (R14).';
  if (/^client\.quota\./.test(key)) return 'Remove it, and write quotas (R14).';
  if (/^(?:listener|advertised\.|host\.name|port|inter\.broker|sasl\.|ssl\.|security\.)/.test(key))
    return 'Remove it, and set the listener under listeners (R14).';
  return 'Remove it (R14).';
}

function* certificates({ certificates: declared }: Kafka, problem: KafkaProblem): Generator<Problem> {
  for (const authority of ['clusterCa', 'clientsCa'] as const) {
    const life = declared?.[authority];
    if (life === undefined || life.renewalDays < life.validityDays) continue;
    yield problem(
      ['certificates', authority, 'renewalDays'],
      `a certificate that is valid for ${life.validityDays} days would be renewed ${life.renewalDays} days before its end: all the time`,
      'Write fewer renewalDays than validityDays (R18).',
    );
  }
}
