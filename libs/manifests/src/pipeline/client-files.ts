import { bootstrapAddress, type KafkaOfEnvironment } from '@millrace/model';

import { transactionTimeout } from '../environment/kafka/broker-config.js';

/** Which files a user's client configuration is, as templates of External Secrets over `password`, `jaas` and `ca`. */
export interface ClientFiles {
  readonly user: string;
  readonly kafka: KafkaOfEnvironment;
  /** `jaas`: Strimzi wrote the login; `password`: it is made here, of a password that may have any character. */
  readonly login: 'jaas' | 'password';
  /** Whether the certificate authority is one that Java does not know. */
  readonly ownCertificate: boolean;
}

const LOGIN_MODULES = {
  'SCRAM-SHA-512': 'org.apache.kafka.common.security.scram.ScramLoginModule',
  'SCRAM-SHA-256': 'org.apache.kafka.common.security.scram.ScramLoginModule',
  PLAIN: 'org.apache.kafka.common.security.plain.PlainLoginModule',
} as const;

/**
 * The password inside a quoted value of a JAAS configuration, inside a properties file: both have the backslash as escape,
 * so each backslash becomes four characters, and a quote gets what the outer one makes a single backslash of.
 */
const ESCAPED_PASSWORD = '{{ .password | replace `\\` `\\\\\\\\` | replace `"` `\\\\"` }}';

/**
 * The files of a user's client configuration, as templates of External Secrets (Go templates over `password`, `jaas`
 * and `ca`). A Secret's keys have no `/`, so the user's name is part of the file's (R71).
 */
export function clientFiles({ user, kafka, login, ownCertificate }: ClientFiles): Readonly<Record<string, string>> {
  const servers = kafka.kind === 'declared' ? bootstrapAddress(kafka.kafka.cluster, kafka.kafka.namespace) : kafka.external.bootstrapServers.join(',');
  const mechanism = kafka.kind === 'declared' ? 'SCRAM-SHA-512' : kafka.external.saslMechanism;
  const jaas = login === 'jaas' ? '{{ .jaas }}' : `${LOGIN_MODULES[mechanism]} required username="${user}" password="${ESCAPED_PASSWORD}";`;
  return {
    ...(ownCertificate ? { [`${user}.ca.crt`]: '{{ .ca }}' } : {}),
    [passwordKey(user)]: '{{ .password }}',
    [`${user}.properties`]: [
      `bootstrap.servers=${servers}`,
      'security.protocol=SASL_SSL',
      `sasl.mechanism=${mechanism}`,
      `sasl.jaas.config=${jaas}`,
      ...(ownCertificate ? ['ssl.truststore.type=PEM'] : []),
      // Of producers alone. A broker refuses more than it allows, and what it gives up earlier is lost (R88).
      `transaction.timeout.ms=${transactionTimeout(kafka)}`,
      '',
    ].join('\n'),
  };
}

/** The file that has a user's password alone. A user's name has no dot. */
export function passwordKey(user: string): string {
  return `${user}.password`;
}
