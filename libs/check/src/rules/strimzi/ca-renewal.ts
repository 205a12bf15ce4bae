import { hasField, numberAt } from '../../field.js';
import { KAFKA } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

const VALIDITY = 365;
const RENEWAL = 30;

export const caRenewal: ResourceRule = {
  id: 'strimzi/ca-renewal',
  severity: 'error',
  title: 'Certificates are valid for longer than their renewal takes',
  source: `R18; strimzi-kafka-operator, CaConfig.java (defaults: ${VALIDITY} and ${RENEWAL} days), InternalCa.java (certNeedsRenewal)`,
  consequence:
    'A certificate is due for renewal from the day it is made: the operator renews it and restarts the brokers at every reconciliation that a maintenance window allows.',
  fix: `Make renewalDays smaller than validityDays, such as ${RENEWAL} and ${VALIDITY}.`,
  reach: 'resource',
  on: [KAFKA],
  *check({ resource: { body } }) {
    for (const ca of ['clusterCa', 'clientsCa']) {
      const validity = numberAt(body, 'spec', ca, 'validityDays') ?? VALIDITY;
      const renewal = numberAt(body, 'spec', ca, 'renewalDays') ?? RENEWAL;
      if (renewal < validity) continue;
      const field = hasField(body, 'spec', ca, 'renewalDays') ? 'renewalDays' : 'validityDays';
      yield { path: ['spec', ca, field], message: `${ca}: certificates are valid for ${validity} days and renewed ${renewal} days before they end` };
    }
  },
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {clusterCa: {validityDays: 90, renewalDays: 30}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {clusterCa: {validityDays: 30}}
`,
};
