import type { ReferenceRule } from '../../rule.js';
import { nameOf } from '../../subject.js';
import { JOBS } from '../flink/flink-spec.js';
import { sharedArgument } from './job-arguments.js';

const sharedWith = sharedArgument(['groupid', 'consumergroup', 'consumergroupid', 'kafkagroupid', 'kafkaconsumergroup']);

export const consumerGroup: ReferenceRule = {
  id: 'references/consumer-group',
  severity: 'warning',
  title: 'No two jobs read as one consumer group',
  source: 'R87; flink-connector-kafka, KafkaSourceBuilder.setGroupId: Flink assigns partitions itself, the group only keeps offsets',
  consequence: 'Each job commits its offsets over those of the other: lag says nothing, and a job that starts from committed offsets skips or repeats records.',
  fix: 'Give each job a group of its own, for example the name of the job.',
  reach: 'references',
  on: JOBS,
  *check(subject, universe) {
    const shared = sharedWith(subject, universe);
    if (shared === undefined) return;
    yield { path: shared.argument.path, message: `${nameOf(shared.other)} reads as the consumer group ${shared.argument.value} too` };
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: order-processor, namespace: flink}
spec: {deploymentName: orders-session, job: {args: [--group-id, order-processor]}}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: order-totals, namespace: flink}
spec: {deploymentName: orders-session, job: {args: [--group-id=order-totals]}}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: order-processor, namespace: flink}
spec: {deploymentName: orders-session, job: {args: [--group-id, orders]}}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: order-totals, namespace: flink}
spec: {deploymentName: orders-session, job: {args: [--group-id=orders]}}
`,
};
