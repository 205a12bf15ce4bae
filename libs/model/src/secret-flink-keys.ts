/**
 * Settings of Flink and its file systems that are a credential or one half of it (R46, R47): they would be in git, in the
 * resource, in a ConfigMap and in the audit log. Sources: Flink's pages on S3, OSS and Azure; Hadoop's on S3A and ABFS.
 */
const SECRETS: readonly RegExp[] = [
  // s3.access-key, fs.s3a.secret.key, presto.s3.access-key, fs.oss.accessKeyId, fs.gs.auth.service.account.private.key
  /(?:secret|access|private)[-_.]?key(?:[-_.]?id)?$/i,
  // fs.oss.accessKeySecret, security.ssl.internal.key-password
  /(?:secret|password|passphrase)$/i,
  // fs.s3a.session.token, fs.oss.securityToken
  /(?:session|security)[-_.]?token$/i,
  // The account's name, or the container's too, comes after these.
  /^fs\.azure\.(?:account\.key|account\.oauth2\.(?:client\.secret|user\.password|refresh\.token)|sas)(?:\.|$)/,
  /(?:^|\.)jaas\.config$/i,
];

/** Whether the value of a setting of Flink is a secret, by its name. */
export function isSecretFlinkKey(key: string): boolean {
  return SECRETS.some((pattern) => pattern.test(key));
}
