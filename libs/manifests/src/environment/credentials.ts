import { clusterCaSecret, environmentFolder } from '@millrace/model';

import type { Manifest } from '../file.js';
import { runningJobs, type Placed } from '../pipeline/placed.js';
import { KAFKA_USERS_READER } from './flink.js';

/** Where an environment keeps what lets credentials out of the Kafka namespace: a file a pipeline, read as a folder. */
export function credentialsFolder(environment: string): string {
  return `${environmentFolder(environment)}/credentials`;
}

/** What lets the Secrets of a pipeline's users out of the Kafka namespace (R67). It is the platform's, never a team's. */
export function credentialsAccess(placed: Placed): readonly Manifest[] {
  const { environment, kafka, namespace, pipeline, file } = placed;
  const users = [...new Set(runningJobs(placed).flatMap((name) => pipeline.jobs[name]?.user ?? []))].sort();
  if (users.length === 0) return [];
  return [
    {
      path: `${credentialsFolder(environment.environment)}/${pipeline.pipeline}.yaml`,
      from: file,
      remedy: 'change that file.',
      layout: environment.layout,
      template: 'credentials/access',
      context: {
        name: `${pipeline.pipeline}-kafka-users`,
        kafkaNamespace: kafka.namespace,
        secrets: [...users, clusterCaSecret(kafka.cluster)],
        serviceAccount: KAFKA_USERS_READER,
        namespace,
      },
    },
  ];
}
