import { fieldAt, mapAt, scalarText, type FieldPath } from '../../field.js';
import type { ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import type { Universe } from '../../universe.js';
import { JOBS } from '../flink/flink-spec.js';
import { kafkaOf, parametersOf, userOf, writesInTransactions } from './job-client.js';
import { configReferences } from './pods.js';

/** What Kafka allows unless it is told otherwise (transaction.max.timeout.ms): 15 minutes. */
const DEFAULT_LIMIT = 900_000;

export const transactionTimeout: ReferenceRule = {
  id: 'references/transaction-timeout',
  severity: 'error',
  title: "A job's transactions may last as long as its Kafka allows, and no longer",
  source: 'R88; Apache Kafka, transaction.max.timeout.ms and InvalidTxnTimeoutException (TransactionCoordinator.handleInitProducerId)',
  consequence: 'The job does not start to write: Kafka refuses its producers with INVALID_TRANSACTION_TIMEOUT.',
  fix: 'Raise transaction.max.timeout.ms under spec.kafka.config of the Kafka, or lower transaction.timeout.ms of the job; it must outlast a checkpoint and the longest restart.',
  reach: 'references',
  on: JOBS,
  *check(subject, universe) {
    const parameters = parametersOf(subject);
    if (!writesInTransactions(parameters)) return;
    const timeouts = timeoutsOf(subject, universe).filter(({ value }) => /^\d+$/.test(value) && Number(value) > 0);
    const found = timeouts.length === 0 ? undefined : limitFor(subject, universe);
    if (found === undefined) return;
    const { kafka, limit, isDefault } = found;
    for (const { value, path, where } of timeouts) {
      // A limit that is no number yet is filled in later.
      if (!(Number(value) > limit)) continue;
      yield {
        path,
        message: `${where} is ${value}, but the Kafka ${kafka.resource.name} allows ${limit}${isDefault ? ', which is the default of transaction.max.timeout.ms' : ''}`,
      };
    }
  },
  passes: example('600000'),
  fails: example('3600000'),
};

/** The timeouts that a job is given, whatever their values. */
export function timeoutsOf(subject: Subject, universe: Universe): readonly { readonly value: string; readonly path: FieldPath; readonly where: string }[] {
  return [
    ...parametersOf(subject).flatMap(({ name, value, path }) => (/transactiontimeoutms$/.test(name) ? [{ value, path, where: 'transaction.timeout.ms' }] : [])),
    ...inConfigMaps(subject, universe),
  ];
}

/** How long the Kafka of a job lets its transactions last; undefined where it is not known which Kafka that is. */
export function limitFor(subject: Subject, universe: Universe): { readonly kafka: Subject; readonly limit: number; readonly isDefault: boolean } | undefined {
  const user = userOf(subject, universe);
  const kafka = user === undefined ? undefined : kafkaOf(user, universe);
  if (kafka === undefined) return undefined;
  const written = scalarText(fieldAt(kafka.resource.body, 'spec', 'kafka', 'config', 'transaction.max.timeout.ms'));
  return { kafka, limit: written === undefined ? DEFAULT_LIMIT : Number(written), isDefault: written === undefined };
}

/** The timeouts of the properties files that a job mounts. */
function* inConfigMaps(subject: Subject, universe: Universe): Generator<{ value: string; path: FieldPath; where: string }> {
  for (const { kind, name, path } of configReferences(subject)) {
    if (kind !== 'ConfigMap') continue;
    const [map, ...others] = universe.named(subject, 'ConfigMap', name);
    if (map === undefined || others.length > 0) continue;
    for (const [key, text] of Object.entries(mapAt(map.resource.body, 'data'))) {
      if (typeof text !== 'string' || !key.endsWith('.properties')) continue;
      const value = /^[ \t]*(?:[\w.-]+\.)?transaction\.timeout\.ms[ \t]*[=:][ \t]*(\d+)[ \t]*$/m.exec(text)?.[1];
      if (value !== undefined) yield { value, path, where: `transaction.timeout.ms in ${key} of the ConfigMap ${name}` };
    }
  }
}

function example(timeout: string): string {
  return transactionExample(`--transaction.timeout.ms, "${timeout}"`);
}

/** A job that signs in to a Kafka that leaves its limit at the default. */
export function transactionExample(args: string, config = 'transaction.state.log.min.isr: 2'): string {
  return `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: streaming}
spec: {kafka: {config: {${config}}}}
---
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: order-processor, namespace: streaming, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {authentication: {type: scram-sha-512}}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: streaming}
spec:
  job: {args: [${args}]}
  podTemplate:
    spec:
      containers:
        - name: flink-main-container
          env: [{name: KAFKA_PASSWORD, valueFrom: {secretKeyRef: {name: order-processor, key: password}}}]
`;
}
