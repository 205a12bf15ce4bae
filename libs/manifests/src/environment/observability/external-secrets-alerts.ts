import { operatorDown, type Alert } from './alert.js';

/** What can go wrong with External Secrets (external-secrets, pkg/controllers/externalsecret/esmetrics/esmetrics.go). */
export function externalSecretsAlerts(namespace: string): readonly Alert[] {
  return [
    operatorDown(namespace, {
      alert: 'ExternalSecretsDown',
      operator: 'External Secrets',
      meaning: 'Jobs go on with the credentials that they have. New and changed ones reach nobody, and new jobs do not start.',
    }),
    {
      alert: 'ExternalSecretNotReady',
      expr: `max by (name, exported_namespace) (externalsecret_status_condition{namespace='${namespace}', condition='Ready', status='False'}) == 1`,
      for: '15m',
      severity: 'warning',
      summary: 'The ExternalSecret {{ $labels.name }} in {{ $labels.exported_namespace }} cannot be fetched',
      meaning: 'Its Secret keeps what it had, or is not there: a new password reaches no job.',
      first: 'kubectl describe the ExternalSecret and the SecretStore that it names: the user, the entry of the vault, or the right to read it is missing.',
    },
  ];
}
