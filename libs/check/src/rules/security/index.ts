import type { Rule } from '../../rule.js';
import { accessToken } from './access-token.js';
import { caKey } from './ca-key.js';
import { certificateRefresh } from './certificate-refresh.js';
import { clusterAdmin } from './cluster-admin.js';
import { clusterSecretStore } from './cluster-secret-store.js';
import { dataPort } from './data-port.js';
import { enforcedPodSecurity } from './enforced-pod-security.js';
import { everySecret } from './every-secret.js';
import { foundSecrets } from './found-secrets.js';
import { jaasPassword } from './jaas-password.js';
import { literalPassword } from './literal-password.js';
import { metricsPort } from './metrics-port.js';
import { nodeAccess } from './node-access.js';
import { objectStorageKey } from './object-storage-key.js';
import { privateKey } from './private-key.js';
import { reflectedSecret } from './reflected-secret.js';
import { saslProperties } from './sasl-properties.js';
import { secret } from './secret.js';
import { urlPassword } from './url-password.js';
import { webhookPassword } from './webhook-password.js';

/** Who gets to know what, and who may do what. No message ever repeats a secret. */
export const securityRules: readonly Rule[] = [
  secret,
  privateKey,
  jaasPassword,
  accessToken,
  urlPassword,
  objectStorageKey,
  literalPassword,
  saslProperties,
  enforcedPodSecurity,
  nodeAccess,
  clusterAdmin,
  everySecret,
  caKey,
  clusterSecretStore,
  foundSecrets,
  certificateRefresh,
  reflectedSecret,
  dataPort,
  metricsPort,
  webhookPassword,
];
