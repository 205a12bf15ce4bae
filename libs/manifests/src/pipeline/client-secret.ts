import { clusterCaSecret, type Environment, type KafkaOfEnvironment } from '@millrace/model';

import { kafkaUsersStore } from '../environment/secret-stores.js';
import type { Context } from '../template.js';
import { clientFiles } from './client-files.js';

/** The Secret beside Kafka that Strimzi takes a user's password from, where a vault has it. A user's name has no dot. */
export function passwordSecret(user: string): string {
  return `${user}.password`;
}

interface Store {
  readonly kind: 'SecretStore' | 'ClusterSecretStore';
  readonly name: string;
}

/** One value of an ExternalSecret: from the entry `key`, there `property`; of another store where one is given. */
interface SecretValue {
  readonly secretKey: string;
  readonly key: string;
  readonly property: string;
  readonly from: Store | undefined;
}

/** From which store an ExternalSecret fetches what, and the files that it makes of it. */
export interface ClientSecret extends Context {
  readonly store: Store;
  readonly data: readonly SecretValue[];
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Where the client configuration of a user comes from: of a cluster of ours the user's Secret, which Strimzi makes (R67), or the
 * vault (R68), and in both cases the certificate of the cluster; of others' clusters the store that was declared for them.
 */
export function clientSecret({ credentials }: Environment, kafka: KafkaOfEnvironment, user: string): ClientSecret {
  const own = (key: string, property: string, secretKey: string, from?: Store): SecretValue => ({ secretKey, key, property, from });
  if (kafka.kind === 'external') {
    const { secretStore, path } = kafka.external.credentials;
    const ownCertificate = kafka.external.certificate === 'own';
    return {
      store: secretStore,
      data: [own(`${path}/${user}`, 'password', 'password'), ...(ownCertificate ? [own(`${path}/${user}`, 'ca.crt', 'ca')] : [])],
      files: clientFiles({ user, kafka, login: 'password', ownCertificate }),
    };
  }
  const beside: Store = { kind: 'SecretStore', name: kafkaUsersStore(kafka.name) };
  const certificate = clusterCaSecret(kafka.kafka.cluster);
  if (credentials === 'external-secrets') {
    return {
      store: beside,
      data: [own(user, 'password', 'password'), own(user, 'sasl.jaas.config', 'jaas'), own(certificate, 'ca.crt', 'ca')],
      files: clientFiles({ user, kafka, login: 'jaas', ownCertificate: true }),
    };
  }
  const { secretStore, path } = credentials.vault;
  return {
    store: secretStore,
    data: [own(`${path}/${user}`, 'password', 'password'), own(certificate, 'ca.crt', 'ca', beside)],
    files: clientFiles({ user, kafka, login: 'password', ownCertificate: true }),
  };
}
