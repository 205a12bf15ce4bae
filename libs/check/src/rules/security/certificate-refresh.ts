import { fieldAt, listAt, scalarText, textAt, type FieldPath } from '../../field.js';
import { EXTERNAL_SECRET } from '../../kinds.js';
import type { ResourceRule } from '../../rule.js';

/** Where the kinds have what is refreshed. */
const specs: Readonly<Record<string, FieldPath>> = {
  [EXTERNAL_SECRET]: ['spec'],
  'external-secrets.io/ClusterExternalSecret': ['spec', 'externalSecretSpec'],
};

export const certificateRefresh: ResourceRule = {
  id: 'security/certificate-refresh',
  severity: 'warning',
  title: 'A copy of the certificate of Kafka is refreshed within the hour',
  source: 'R18, R67; external-secrets, apis/externalsecrets/v1/externalsecret_types.go (refreshInterval, refreshPolicy)',
  consequence: 'After Strimzi has renewed its authority, clients go on with the old certificate and cannot connect.',
  fix: 'Set refreshInterval to 1h or less, and refreshPolicy to Periodic or leave it out.',
  reach: 'resource',
  on: Object.keys(specs),
  *check({ resource: { body }, groupKind }) {
    const at = specs[groupKind] ?? [];
    const spec = fieldAt(body, ...at);
    const keys = [
      ...listAt(spec, 'data').map((entry) => textAt(entry, 'remoteRef', 'key')),
      ...listAt(spec, 'dataFrom').map((entry) => textAt(entry, 'extract', 'key')),
    ];
    const certificate = keys.find((key) => key?.endsWith('-cluster-ca-cert'));
    if (certificate === undefined) return;
    const policy = textAt(spec, 'refreshPolicy');
    const interval = scalarText(fieldAt(spec, 'refreshInterval')) ?? '1h';
    const seconds = secondsOf(interval);
    if (policy === 'CreatedOnce' || policy === 'OnChange') {
      yield { path: [...at, 'refreshPolicy'], message: `${certificate} is renewed once a year, and refreshPolicy ${policy} does not follow` };
    } else if (seconds === 0 || (seconds !== undefined && seconds > 3600)) {
      yield { path: [...at, 'refreshInterval'], message: `${certificate} is ${seconds === 0 ? 'never refreshed' : `refreshed every ${interval} only`}` };
    }
  },
  passes: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: orders, namespace: flink}
spec:
  refreshInterval: 15m
  data: [{secretKey: ca.crt, remoteRef: {key: kafka-cluster-cluster-ca-cert, property: ca.crt}}]
`,
  fails: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: orders, namespace: flink}
spec:
  refreshInterval: "0"
  data: [{secretKey: ca.crt, remoteRef: {key: kafka-cluster-cluster-ca-cert, property: ca.crt}}]
`,
};

/** A duration as Go reads it; undefined for any other text. */
function secondsOf(duration: string): number | undefined {
  if (duration === '0') return 0;
  if (!/^(?:\d+(?:\.\d+)?(?:h|m|s|ms|us|µs|ns))+$/.test(duration)) return undefined;
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };
  return [...duration.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ''] ?? 0), 0);
}
