import type { ReportedRule } from '../../rule.js';

export const validationRule: ReportedRule = {
  id: 'schema/validation-rule',
  severity: 'error',
  title: 'The validation rules (CEL) of the resource definition hold',
  source: 'Kubernetes API server (apiextensions-apiserver and the validation of its built-in kinds), run as it is, x-kubernetes-validations',
  consequence: 'The API server refuses the resource.',
  fix: 'Change the value so that the rule in the message holds.',
  reach: 'reported',
  passes: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: billing, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {authentication: {type: tls, validityDays: 90, renewalDays: 30}}
`,
  fails: `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: billing, labels: {strimzi.io/cluster: kafka-cluster}}
spec: {authentication: {type: scram-sha-512, validityDays: 90}}
`,
};
