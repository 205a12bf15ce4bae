import type { Alert } from './alert.js';

/**
 * What Argo CD says of the Applications of an environment (controller/metrics/metrics.go). They need its own metrics in the
 * same Prometheus: where nobody asks Argo CD for them, nothing fires. The Flink operator takes an
 * error out of the status while it tries again, so for what is degraded the last quarter of an hour counts.
 */
export function argocdAlerts(environment: string): readonly Alert[] {
  const inState = (health: string) => `argocd_app_info{name=~'${environment}[.].+',health_status='${health}'}`;
  return [
    {
      alert: 'ApplicationDegraded',
      expr: `max by (name) (last_over_time(${inState('Degraded')}[15m])) > 0`,
      for: '20m',
      severity: 'warning',
      summary: '{{ $labels.name }} is degraded',
      meaning: 'Something in it does not work, or what was changed last cannot be brought about: a job whose savepoint fails goes on with what it had before.',
      first: 'Look at the Application in Argo CD: it says of each resource what is wrong. Then at the status and the events of that resource with kubectl.',
    },
    {
      alert: 'ApplicationProgressing',
      expr: `max by (name) (${inState('Progressing')}) > 0`,
      for: '2h',
      severity: 'warning',
      summary: '{{ $labels.name }} has not become healthy for two hours',
      meaning: 'It waits for something that does not come: later waves of its environment wait with it.',
      first: 'Look in Argo CD which resource it waits for, or whom to confirm a deletion; then at the status and the events of that resource with kubectl.',
    },
  ];
}
