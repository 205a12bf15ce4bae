import type { Value, ValueMap } from '@millrace/kustomize';

import { fieldAt, hasField, mapAt, textAt } from '../../field.js';
import { isCredentialStandIn } from '../../placeholder.js';
import type { ResourceRule } from '../../rule.js';

export const secret: ResourceRule = {
  id: 'security/secret',
  severity: 'error',
  title: 'No Secret with values is in Git or in what is built from it',
  source: 'R78; Argo CD, docs/operator-manual/secret-management.md',
  consequence: 'Everybody who may read the repository, its copies or its history has the credential, and it can only be replaced, not taken back.',
  fix: 'Replace the credential where it is used, and let an ExternalSecret or a SealedSecret make this Secret in the cluster.',
  reach: 'resource',
  on: ['Secret'],
  *check({ resource: { body, name } }) {
    // Encrypted by SOPS; filled by Kubernetes.
    if (hasField(body, 'sops') || textAt(body, 'type') === 'kubernetes.io/service-account-token') return;
    const role = textAt(body, 'metadata', 'labels', 'argocd.argoproj.io/secret-type');
    for (const field of ['stringData', 'data'] as const) {
      const keys = secretKeys(mapAt(body, field), field, role);
      if (keys.length === 0) continue;
      yield { path: [field], message: `the Secret ${name} has values for ${keys.join(', ')}` };
      return;
    }
  },
  passes: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: orders-db, namespace: flink}
spec:
  secretStoreRef: {kind: SecretStore, name: vault}
  data: [{secretKey: password, remoteRef: {key: orders-db, property: password}}]
`,
  fails: `
apiVersion: v1
kind: Secret
metadata: {name: orders-db, namespace: flink}
stringData: {password: not-so-secret}
`,
};

/** Keys of Argo CD's own Secrets that hold a credential; the others say where a repository is. */
const argoKeys: ReadonlySet<string> = new Set(['password', 'sshPrivateKey', 'githubAppPrivateKey', 'tlsClientCertKey', 'gcpServiceAccountKey', 'bearerToken']);

function secretKeys(values: ValueMap, field: 'data' | 'stringData', role: string | undefined): readonly string[] {
  return Object.keys(values).filter((key) => {
    const value = plain(fieldAt(values, key), field);
    if (value === '' || isHarmless(value)) return false;
    if (role === undefined) return !isOpenly(key, value);
    if (role === 'cluster') return key === 'config' && /"(?:bearerToken|password|keyData)"\s*:\s*"[^"$<{]/.test(value);
    return argoKeys.has(key);
  });
}

function plain(value: Value | undefined, field: 'data' | 'stringData'): string {
  if (typeof value !== 'string') return '';
  if (field === 'stringData' || isCredentialStandIn(value) || isHarmless(value)) return value;
  return Buffer.from(value, 'base64').toString('utf8');
}

/** What is no credential by its name: who one is, where something is. */
const OPEN_KEY =
  /^(?:.*[-_.])?(?:user(?:[-_]?name)?|db|db[-_]?name|database|(?:smart)?host(?:name)?|port|url|endpoints?|region|version|name|type|server|image|e?mail|from|(?:client|bundle)[-_]?id|[\w.-]*\.crt)$/i;
const CONFIGURATION_KEY = /\.(?:properties|ya?ml|json|xml|conf|config|cfg|ini|toml|sh|bp)$/i;
const NAME_OF_SECRET = /pass(?:word|wd|phrase)|secret|token|credential|key/i;
const ASSIGNED = /(?:pass(?:word|wd|phrase)|secret|token|credential|(?:api|access)[-_]?key)[\w.-]*["']?\s*[=:]\s*["']?[^\s"'${<]|PRIVATE KEY/i;

/** Whether an entry is no secret, though it is kept in one. */
function isOpenly(key: string, value: string): boolean {
  const words = key.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2');
  return OPEN_KEY.test(words) || (CONFIGURATION_KEY.test(key) && !NAME_OF_SECRET.test(key) && !ASSIGNED.test(value));
}

/** A placeholder, a text that is encrypted, or certificates without a key: nobody can do anything with these. */
function isHarmless(value: string): boolean {
  if (isCredentialStandIn(value) || value.startsWith('ENC[')) return true;
  return value.includes('-----BEGIN CERTIFICATE-----') && !value.includes('PRIVATE KEY');
}
