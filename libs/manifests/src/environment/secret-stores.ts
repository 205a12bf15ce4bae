import { declaredKafkas, MAIN_KAFKA, type Environment, type Workspace } from '@millrace/model';

import type { Context } from '../template.js';
import { teamNamespaces } from './namespaces.js';

/** The service account of a team's namespace that External Secrets reads the Kafka namespaces as. */
export const KAFKA_USERS_READER = 'kafka-users-reader';

/** The SecretStore of a team's namespace for one Kafka cluster: the Secrets of its users there, and its certificate. */
export function kafkaUsersStore(cluster: string): string {
  return cluster === MAIN_KAFKA ? 'kafka-users' : `kafka-users-${cluster}`;
}

/** The stores of each team's namespace, by the file that they are in: one for each Kafka cluster that the environment declares. */
export function secretStores(workspace: Workspace, environment: Environment): readonly { readonly path: string; readonly context: Context }[] {
  const kafkas = declaredKafkas(environment);
  if (kafkas.length === 0) return [];
  return teamNamespaces(workspace, environment).map((namespace) => ({
    path: `secret-store-${namespace}.yaml`,
    context: {
      namespace,
      serviceAccount: KAFKA_USERS_READER,
      stores: kafkas.map(({ name, kafka }) => ({
        name: kafkaUsersStore(name),
        namespace,
        kafkaNamespace: kafka.namespace,
        serviceAccount: KAFKA_USERS_READER,
      })),
    },
  }));
}
