import {
  clusterCaSecret,
  credentialsFolder,
  declaredKafkas,
  environmentFile,
  kafkaOfUser,
  MAIN_KAFKA,
  type DeclaredKafka,
  type Environment,
  type Workspace,
} from '@millrace/model';

import { FILE_REMEDY, type Manifest } from '../file.js';
import { passwordSecret } from '../pipeline/client-secret.js';
import { kafkaOverlays } from '../pipeline/kafka-overlay.js';
import { jobUsers, type Placed } from '../pipeline/placed.js';
import { teamNamespaces } from './namespaces.js';
import { KAFKA_USERS_READER } from './secret-stores.js';

/** A file of that folder is named by whom it is for, and by the cluster where that is not the main one. */
function fileName(owner: string, cluster: string): string {
  return cluster === MAIN_KAFKA ? owner : `${owner}.${cluster}`;
}

/**
 * What every team's namespace may read of a Kafka namespace: the cluster's certificate, and what all jobs share. It is there
 * before the first pipeline, without it External Secrets calls the namespace's SecretStore invalid.
 */
export function namespaceAccess(workspace: Workspace, environment: Environment): readonly Manifest[] {
  const registry = environment.schemaRegistry?.credentials;
  const shared = registry !== undefined && 'secret' in registry ? [registry.secret] : [];
  return declaredKafkas(environment).flatMap(({ name: cluster, kafka }) =>
    teamNamespaces(workspace, environment).map((namespace): Manifest => {
      const name = fileName(`namespace.${namespace}`, cluster);
      return {
        path: `${credentialsFolder(environment.environment)}/${name}.yaml`,
        from: environmentFile(environment.environment),
        remedy: FILE_REMEDY,
        layout: environment.layout,
        template: 'credentials/access',
        context: {
          name,
          kafkaNamespace: kafka.namespace,
          secrets: [clusterCaSecret(kafka.cluster), ...(cluster === MAIN_KAFKA ? shared : [])],
          serviceAccount: KAFKA_USERS_READER,
          namespace,
        },
      };
    }),
  );
}

/**
 * What carries the passwords of a pipeline's users. Made by Strimzi: what lets their Secrets out of the Kafka namespace (R67).
 * Made in a vault: the Secrets in the Kafka namespace that Strimzi takes them from (R68). It is the platform's, never a team's.
 */
export function credentialsAccess(placed: Placed): readonly Manifest[] {
  return kafkaOverlays(placed).flatMap((cluster) =>
    placed.environment.credentials === 'external-secrets' ? usersLetOut(placed, cluster) : usersLetIn(placed, cluster),
  );
}

function usersLetOut(placed: Placed, { name: cluster, kafka }: DeclaredKafka): readonly Manifest[] {
  const users = jobUsers(placed).flatMap((of) => (of.kafka.name === cluster ? [of.user] : []));
  if (users.length === 0) return [];
  const name = fileName(`pipeline.${placed.pipeline.pipeline}`, cluster);
  return [
    manifest(placed, name, 'credentials/access', {
      name,
      kafkaNamespace: kafka.namespace,
      secrets: users,
      serviceAccount: KAFKA_USERS_READER,
      namespace: placed.namespace,
    }),
  ];
}

function usersLetIn(placed: Placed, { name: cluster, kafka }: DeclaredKafka): readonly Manifest[] {
  const { pipeline, environment } = placed;
  if (environment.credentials === 'external-secrets') return [];
  const { secretStore, path } = environment.credentials.vault;
  const users = Object.keys(pipeline.users).filter((user) => kafkaOfUser(pipeline, user) === cluster);
  if (users.length === 0) return [];
  return [
    manifest(placed, fileName(`pipeline.${pipeline.pipeline}`, cluster), 'credentials/passwords', {
      users: users.sort().map((user) => ({ secret: passwordSecret(user), namespace: kafka.namespace, store: secretStore, key: `${path}/${user}` })),
    }),
  ];
}

function manifest({ environment, layout, file }: Placed, name: string, template: string, context: Manifest['context']): Manifest {
  return { path: `${credentialsFolder(environment.environment)}/${name}.yaml`, from: file, remedy: FILE_REMEDY, layout, template, context };
}
