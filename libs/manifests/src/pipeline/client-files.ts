import { bootstrapAddress, type Kafka } from '@millrace/model';

/**
 * The files of a user's client configuration, as templates of External Secrets (Go templates over `password`, `jaas`
 * and `ca`). A Secret's keys have no `/`, so the user's name is part of the file's (R71).
 */
export function clientFiles(user: string, { cluster, namespace }: Kafka): Readonly<Record<string, string>> {
  return {
    [`${user}.ca.crt`]: '{{ .ca }}',
    [passwordKey(user)]: '{{ .password }}',
    [`${user}.properties`]: [
      `bootstrap.servers=${bootstrapAddress(cluster, namespace)}`,
      'security.protocol=SASL_SSL',
      'sasl.mechanism=SCRAM-SHA-512',
      'sasl.jaas.config={{ .jaas }}',
      'ssl.truststore.type=PEM',
      '',
    ].join('\n'),
  };
}

export function passwordKey(user: string): string {
  return `${user}.password`;
}
