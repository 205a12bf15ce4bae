import { fieldAt, listAt, scalarText, textAt } from '../../field.js';
import { REBALANCE } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

export const rebalanceMode: ResourceRule = {
  id: 'strimzi/rebalance-mode',
  severity: 'error',
  title: 'A KafkaRebalance has what its mode works on',
  source: 'R20; strimzi-kafka-operator, KafkaRebalanceAssemblyOperator.java',
  consequence: 'The rebalance becomes NotReady, and Cruise Control is not asked for a proposal.',
  fix: 'List the brokers for add-brokers and remove-brokers, and moveReplicasOffVolumes for remove-disks.',
  reach: 'resource',
  on: [REBALANCE],
  *check({ resource: { body } }) {
    // The operator fills a template with the brokers itself.
    if (scalarText(fieldAt(body, 'metadata', 'annotations', 'strimzi.io/rebalance-template')) === 'true') return;
    const mode = textAt(body, 'spec', 'mode') ?? 'full';
    const needed = mode === 'add-brokers' || mode === 'remove-brokers' ? 'brokers' : mode === 'remove-disks' ? 'moveReplicasOffVolumes' : undefined;
    if (needed !== undefined && listAt(body, 'spec', needed).length === 0) {
      yield {
        path: ['spec', needed],
        message: `mode ${mode} needs ${needed}`,
        fix: needed === 'brokers' ? 'List the ids: `brokers: [3, 4]`.' : 'List brokerId and volumeIds.',
      };
    }
    if (mode === 'full' && fieldAt(body, 'spec', 'rebalanceDisk') === true && listAt(body, 'spec', 'goals').length > 0) {
      yield { path: ['spec', 'goals'], message: 'with rebalanceDisk there can be no goals', fix: 'Delete goals, or rebalanceDisk.' };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaRebalance
metadata: {name: rebalance, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {mode: add-brokers, brokers: [3, 4]}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaRebalance
metadata: {name: rebalance, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {mode: add-brokers}
`,
};
