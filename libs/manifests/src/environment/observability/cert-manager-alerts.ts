import { operatorDown, type Alert } from './alert.js';

/** What can go wrong with cert-manager (cert-manager, internal/collectors/certificate_collector.go). */
export function certManagerAlerts(namespace: string): readonly Alert[] {
  return [
    operatorDown(namespace, {
      alert: 'CertManagerDown',
      operator: 'cert-manager',
      meaning: "Certificates are not renewed. When that of the Flink operator's webhook ends, no change of a Flink resource is accepted any more.",
    }),
    {
      alert: 'CertificateNotReady',
      expr: `max by (name, exported_namespace) (certmanager_certificate_ready_status{namespace='${namespace}', condition!='True'}) == 1`,
      for: '30m',
      severity: 'warning',
      summary: 'The Certificate {{ $labels.name }} in {{ $labels.exported_namespace }} is not ready',
      meaning: 'It was not made, or not renewed. Whoever shows it is not believed from the day on which it ends.',
      first: 'kubectl describe the Certificate, then its CertificateRequest.',
    },
  ];
}
