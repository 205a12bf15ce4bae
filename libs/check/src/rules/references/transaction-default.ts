import { TRANSACTION_TIMEOUT } from '@millrace/model';

import { listAt, scalarText, textAt } from '../../field.js';
import type { ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import { flinkSpecOf, JOBS } from '../flink/flink-spec.js';
import { parametersOf, usesOf, writesInTransactions } from './job-client.js';
import { containersOf } from '../pods.js';
import { limitFor, timeoutsOf, transactionExample } from './transaction-timeout.js';

export const transactionDefault: ReferenceRule = {
  id: 'references/transaction-default',
  severity: 'warning',
  title: 'A job that writes exactly once fits the limit of its Kafka',
  source:
    'R88; flink-connector-kafka, KafkaSinkBuilder.java (transaction.timeout.ms is one hour where nobody sets it); Apache Kafka, transaction.max.timeout.ms (15 minutes by default)',
  consequence:
    'Unless the code of the job sets another timeout, the job does not start to write: Kafka refuses its producers with INVALID_TRANSACTION_TIMEOUT.',
  fix: 'Write `transaction.max.timeout.ms: 3600000` under spec.kafka.config of the Kafka, or give the job a transaction.timeout.ms that outlasts a checkpoint and the longest restart.',
  reach: 'references',
  on: JOBS,
  *check(subject, universe) {
    const parameters = parametersOf(subject);
    if (!writesInTransactions(parameters)) return;
    // Who names the ids of transactions means to write in them.
    const sign =
      parameters.find(({ name, value }) => name.endsWith('guarantee') && /exactly/i.test(value)) ??
      usesOf(subject).find(({ type }) => type === 'transactionalId');
    if (sign === undefined || timeoutsOf(subject, universe).length > 0 || isMentioned(subject)) return;
    const found = limitFor(subject, universe);
    if (found === undefined || !(found.limit < TRANSACTION_TIMEOUT)) return;
    const { kafka, limit, isDefault } = found;
    yield {
      path: sign.path,
      message: `the job writes exactly once and is given no transaction.timeout.ms, so Flink asks for ${TRANSACTION_TIMEOUT}, but the Kafka ${kafka.resource.name} allows ${limit}${isDefault ? ', which is the default of transaction.max.timeout.ms' : ''}`,
    };
  },
  passes: transactionExample('--delivery-guarantee, EXACTLY_ONCE', 'transaction.max.timeout.ms: 3600000'),
  fails: transactionExample('--delivery-guarantee, EXACTLY_ONCE'),
};

/** Whether a timeout is given in a way that is not read here: to be filled in, in a text of its own, or by a variable. */
function isMentioned(subject: Subject): boolean {
  const flink = flinkSpecOf(subject);
  const variables = [...containersOf(subject)].flatMap(({ container }) =>
    listAt(container, 'env').flatMap((each) => [textAt(each, 'name'), textAt(each, 'value')]),
  );
  const texts = [...listAt(flink?.job, 'args').map(scalarText), ...(flink?.settings.all ?? []).flatMap(({ key, text }) => [key, text]), ...variables];
  return texts.some((text) => /transaction[._-]?timeout/i.test(text ?? ''));
}
