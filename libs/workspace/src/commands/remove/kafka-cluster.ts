import { placed } from '@millrace/manifests';
import { declaredKafkas, environmentFile, kafkaPath, misused, placementFile, type DeclaredKafka } from '@millrace/model';

import { namedEnvironment } from '../named.js';
import { finishing, leave, left } from './leaving.js';
import { goneAlready, inTheWay, needed, type Removal } from './removal.js';

/**
 * A Kafka cluster goes when no pipeline has anything in it. Its volumes stay: a person deletes those. In a second step Argo CD's
 * projects forget its namespace.
 */
export const removeKafkaCluster: Removal = (workspace, { name, ...options }) => {
  const environment = needed('kafka-cluster', 'environment', options.environment);
  const declared = namedEnvironment(workspace, environment);
  const { value } = declared;
  const cluster = called(declaredKafkas(value), name, environment);
  if (cluster === undefined) {
    const forgotten = options.data === 'finish' ? left(declared, 'kafkaClusters', name) : undefined;
    return forgotten === undefined ? goneAlready(`Kafka cluster ${name} in ${environment}`) : { edits: [forgotten], notices: [] };
  }
  const command = `millrace remove kafka-cluster ${cluster.kafka.cluster} --environment ${environment}`;
  inTheWay(
    options.data === 'finish' ? [{ file: declared.file, message: `${environment} has the Kafka cluster ${name} still`, remedy: `First step: ${command}` }] : [],
  );
  inTheWay(
    [...(workspace.placements.get(environment)?.keys() ?? [])].flatMap((pipeline) =>
      placed(workspace, environment, pipeline)?.kafkas.has(cluster.name) === true
        ? [
            {
              file: placementFile(environment, pipeline),
              message: `${pipeline} has topics or users in ${cluster.kafka.cluster}`,
              remedy: `Take it away first: millrace remove placement ${pipeline} --environment ${environment}`,
            },
          ]
        : [],
    ),
  );
  const { brokers, controllers, namespace } = cluster.kafka;
  const volumes = [
    ...(controllers === undefined ? [] : [`${controllers.replicas} of ${controllers.storage.size}`]),
    `${brokers.replicas} of ${brokers.storage.size}`,
  ];
  return {
    edits: [
      {
        kind: 'yaml',
        file: environmentFile(environment),
        edits: [{ kind: 'delete', path: kafkaPath(cluster.name) }, leave(declared, 'kafkaClusters', cluster.kafka.cluster, namespace)],
      },
    ],
    notices: [
      {
        message: `the brokers of ${cluster.kafka.cluster} stop; their volumes stay in the namespace ${namespace}: ${volumes.join(', ')}`,
        remedy: 'Argo CD asks a person before it deletes the Kafka, its pools and the namespace. Whoever deletes the namespace deletes the volume claims.',
      },
      finishing(namespace, [environment], command),
    ],
  };
};

/** The cluster that pipelines call so (`--as`); else the one whose resource has the name. Throws where several have it. */
function called(clusters: readonly DeclaredKafka[], name: string, environment: string): DeclaredKafka | undefined {
  const resources = clusters.filter(({ kafka }) => kafka.cluster === name);
  const cluster = clusters.find((one) => one.name === name) ?? resources[0];
  if (cluster?.name === name || resources.length < 2) return cluster;
  throw misused(
    `${environment} has ${resources.length} Kafka clusters whose resource is ${name}`,
    `Say what pipelines call it: ${resources.map((one) => one.name).join(' or ')}.`,
  );
}
