import type { ReferenceRule } from '../../rule.js';
import { nameOf } from '../../subject.js';
import { JOBS } from '../flink/flink-spec.js';
import { sharedArgument } from './job-arguments.js';

const sharedWith = sharedArgument([
  'transactionalid',
  'transactionalidprefix',
  'kafkatransactionalid',
  'kafkatransactionalidprefix',
  'sinktransactionalidprefix',
]);

export const transactionalId: ReferenceRule = {
  id: 'references/transactional-id',
  severity: 'error',
  title: 'No two jobs write with one transactional id prefix',
  source:
    'R87; Apache Kafka, ProducerFencedException; flink-connector-kafka, KafkaSinkBuilder.setTransactionalIdPrefix ("must be unique across all Flink applications")',
  consequence: 'Each job aborts the transactions of the other: both fail with ProducerFencedException, and what was not committed is lost.',
  fix: 'Give each job a prefix of its own, for example `<job>-`.',
  reach: 'references',
  on: JOBS,
  *check(subject, universe) {
    const shared = sharedWith(subject, universe);
    if (shared === undefined) return;
    yield { path: shared.argument.path, message: `${nameOf(shared.other)} has the transactional id prefix ${shared.argument.value} too` };
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: order-processor, namespace: flink}
spec: {deploymentName: orders-session, job: {args: [--transactional-id-prefix, order-processor-]}}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: order-totals, namespace: flink}
spec: {deploymentName: orders-session, job: {args: [--transactional-id-prefix, order-totals-]}}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: order-processor, namespace: flink}
spec: {deploymentName: orders-session, job: {args: [--transactional-id-prefix, orders-]}}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: order-totals, namespace: flink}
spec: {deploymentName: orders-session, job: {args: [--transactional-id-prefix, orders-]}}
`,
};
