import { clusterCaSecret, environmentFile, environmentFolder, type Environment, type Kafka, type Workspace } from '@millrace/model';

import type { Manifest } from '../file.js';
import { deployedJobs, type Placed } from '../pipeline/placed.js';
import { KAFKA_USERS_READER } from './flink.js';
import { teamNamespaces } from './namespaces.js';

/** Where an environment keeps what lets credentials out of the Kafka namespace: a file a pipeline, read as a folder. */
export function credentialsFolder(environment: string): string {
  return `${environmentFolder(environment)}/credentials`;
}

/**
 * What every team's namespace may read of the Kafka namespace: the cluster's certificate. It is there before the first
 * pipeline, without it External Secrets calls the namespace's SecretStore invalid.
 */
export function namespaceAccess(workspace: Workspace, environment: Environment, kafka: Kafka): readonly Manifest[] {
  return teamNamespaces(workspace, environment).map((namespace) => ({
    path: `${credentialsFolder(environment.environment)}/namespace.${namespace}.yaml`,
    from: environmentFile(environment.environment),
    remedy: REMEDY,
    layout: environment.layout,
    template: 'credentials/access',
    context: {
      name: `namespace.${namespace}`,
      kafkaNamespace: kafka.namespace,
      secrets: [clusterCaSecret(kafka.cluster)],
      serviceAccount: KAFKA_USERS_READER,
      namespace,
    },
  }));
}

/** What lets the Secrets of a pipeline's users out of the Kafka namespace (R67). It is the platform's, never a team's. */
export function credentialsAccess(placed: Placed): readonly Manifest[] {
  const { environment, kafka, namespace, pipeline, file } = placed;
  const users = [...new Set(deployedJobs(placed).flatMap((name) => pipeline.jobs[name]?.user ?? []))].sort();
  if (users.length === 0) return [];
  return [
    {
      path: `${credentialsFolder(environment.environment)}/pipeline.${pipeline.pipeline}.yaml`,
      from: file,
      remedy: REMEDY,
      layout: environment.layout,
      template: 'credentials/access',
      context: {
        name: `pipeline.${pipeline.pipeline}`,
        kafkaNamespace: kafka.namespace,
        secrets: users,
        serviceAccount: KAFKA_USERS_READER,
        namespace,
      },
    },
  ];
}

const REMEDY = 'change that file.';
