import { FLINK_BLUE_GREEN } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { usesOf } from './job-client.js';

export const blueGreen: ReferenceRule = {
  id: 'references/blue-green',
  severity: 'warning',
  title: 'A job that writes in transactions is no blue-green deployment',
  source:
    'R42, R87; flink-kubernetes-operator, BlueGreenDeploymentService.java (the old job is deleted once the new one runs); Apache Kafka, ProducerFencedException',
  consequence:
    'While one takes over from the other two jobs run with one transactional id prefix: each aborts the transactions of the other, and what both have written from the same input is there twice.',
  fix: 'Use a FlinkDeployment, which stops the job with a savepoint before the new one starts; or let the job write at least once, to readers that bear duplicates.',
  reach: 'references',
  on: [FLINK_BLUE_GREEN],
  *check(subject) {
    const use = usesOf(subject).find(({ type }) => type === 'transactionalId');
    if (use !== undefined)
      yield { path: use.path, message: `the blue and the green job write with one transactional id prefix, ${use.name}, at the same time` };
  },
  passes: example('at-least-once'),
  fails: example('exactly-once'),
};

function example(guarantee: string): string {
  return `
apiVersion: flink.apache.org/v1beta1
kind: FlinkBlueGreenDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  template:
    spec:
      flinkVersion: v2_2
      job:
        jarURI: local:///opt/flink/usrlib/order-processor.jar
        args: [--delivery-guarantee, ${guarantee}, --transactional-id-prefix, order-processor-]
`;
}
