import { hasField, textAt } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

const OF_STRIMZI = ['minAvailableBytesPerVolume', 'minAvailableRatioPerVolume', 'excludedPrincipals'];
const OF_KAFKA = ['requestPercentage', 'controllerMutationRate'];

export const quotas: ResourceRule = {
  id: 'strimzi/quotas',
  severity: 'error',
  title: 'Quotas of a cluster are those of one plugin, with one limit of free space',
  source: 'R15; strimzi-kafka-operator, KafkaCluster.java (validateConfigurationOfQuotasPlugin), QuotasPluginKafka.java, QuotasPluginStrimzi.java',
  consequence:
    'Two limits of free space make the operator refuse the Kafka. Of two plugins it takes the one of spec.kafka.quotas. What the other type has is not applied.',
  fix: 'Keep minAvailableBytesPerVolume or minAvailableRatioPerVolume, not both, and only the fields of the type.',
  reach: 'resource',
  on: [KAFKA],
  *check({ resource: { body } }) {
    const path = ['spec', 'kafka', 'quotas'];
    if (!hasField(body, ...path)) return;
    const type = textAt(body, ...path, 'type');
    if (type === 'strimzi' && hasField(body, ...path, 'minAvailableBytesPerVolume') && hasField(body, ...path, 'minAvailableRatioPerVolume')) {
      yield { path: [...path, 'minAvailableRatioPerVolume'], message: 'minAvailableBytesPerVolume and minAvailableRatioPerVolume exclude each other' };
    }
    const strangers = type === 'kafka' ? OF_STRIMZI : type === 'strimzi' ? OF_KAFKA : [];
    for (const field of strangers) {
      if (hasField(body, ...path, field))
        yield { path: [...path, field], message: `quotas of type ${type ?? ''} have no ${field}`, fix: 'Delete the field, or change the type.' };
    }
    const callback = ['spec', 'kafka', 'config', 'client.quota.callback.class'];
    if (hasField(body, ...callback)) {
      yield {
        path: callback,
        message: 'spec.kafka.quotas takes the place of client.quota.callback.class',
        fix: 'Delete client.quota.callback.class, or spec.kafka.quotas.',
      };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {quotas: {type: strimzi, producerByteRate: 1000000, minAvailableRatioPerVolume: 0.1}}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: {quotas: {type: strimzi, minAvailableRatioPerVolume: 0.1, minAvailableBytesPerVolume: 1000000}}}
`,
};
