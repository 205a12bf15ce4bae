import { operatorDown, type Alert } from './alert.js';

/** What can go wrong with the Flink operator itself (flink-kubernetes-operator, OperatorJosdkMetrics.java). */
export function flinkOperatorAlerts(namespace: string): readonly Alert[] {
  return [
    operatorDown(namespace, {
      alert: 'FlinkOperatorDown',
      operator: 'The Flink operator',
      meaning: 'Jobs go on, but nobody restarts or upgrades them; where its webhook is on, no change to them is even accepted.',
    }),
    {
      alert: 'FlinkReconciliationsFail',
      expr: `sum by (resourcens, resourcename) (increase(flink_k8soperator_namespace_resource_JOSDK_Reconciliation_failed_Count{namespace='${namespace}'}[15m])) > 0`,
      for: '30m',
      severity: 'warning',
      summary: 'The Flink operator fails on {{ $labels.resourcename }} in {{ $labels.resourcens }}',
      meaning: 'What git says of it is not applied.',
      first: 'Read status.error of the resource, and its events.',
    },
  ];
}
