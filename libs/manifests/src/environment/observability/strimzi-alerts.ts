import type { Alert } from './alert.js';

/** What can go wrong with Strimzi's Cluster Operator (strimzi-kafka-operator, MetricsHolder.java). */
export function strimziAlerts(namespace: string): readonly Alert[] {
  return [
    {
      alert: 'StrimziOperatorDown',
      expr: `absent(up{namespace='${namespace}'} == 1)`,
      for: '15m',
      severity: 'warning',
      summary: "Strimzi's Cluster Operator does not run",
      meaning: 'Kafka goes on, but nothing that changes in git reaches it, and certificates are not renewed.',
      first: `Look at its pod: kubectl -n ${namespace} get pods, then its log and events.`,
    },
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
