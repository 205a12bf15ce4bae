import { operatorDown, type Alert } from './alert.js';

/** What can go wrong with Strimzi's Cluster Operator (strimzi-kafka-operator, MetricsHolder.java). */
export function strimziAlerts(namespace: string): readonly Alert[] {
  return [
    operatorDown(namespace, {
      alert: 'StrimziOperatorDown',
      operator: "Strimzi's Cluster Operator",
      meaning: 'Kafka goes on, but nothing that changes in git reaches it, and certificates are not renewed.',
    }),
    {
      alert: 'StrimziReconciliationsFail',
      expr: `sum by (kind, exported_namespace) (increase(strimzi_reconciliations_failed_total{namespace='${namespace}'}[15m])) > 0`,
      for: '30m',
      severity: 'warning',
      summary: 'Strimzi cannot bring a {{ $labels.kind }} in {{ $labels.exported_namespace }} to what is declared',
      meaning: 'The cluster is not what git says; a rolling update may stand still half way.',
      first: 'Read the conditions in the status of the resource, and the log of the operator for "Failed to reconcile".',
    },
  ];
}
