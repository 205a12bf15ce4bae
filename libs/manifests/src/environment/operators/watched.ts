import { declaredKafkas, inSameCluster, type Environment, type Workspace } from '@millrace/model';

import { teamNamespaces } from '../namespaces.js';

const each = (namespaces: readonly string[]): readonly string[] => [...new Set(namespaces)].sort();

/** The namespaces of the Kafka clusters in an environment's cluster, those of the environments that share it included (R23). */
export function kafkaNamespaces(workspace: Workspace, environment: Environment): readonly string[] {
  return each(inSameCluster(workspace, environment).flatMap((one) => declaredKafkas(one).map(({ kafka }) => kafka.namespace)));
}

/** The namespaces of the teams' jobs in an environment's cluster, those of the environments that share it included (R45). */
export function jobNamespaces(workspace: Workspace, environment: Environment): readonly string[] {
  return each(inSameCluster(workspace, environment).flatMap((one) => teamNamespaces(workspace, one)));
}
