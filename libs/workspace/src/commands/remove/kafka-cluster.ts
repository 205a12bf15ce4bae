import { placed } from '@millrace/manifests';
import { declaredKafkas, environmentFile, MAIN_KAFKA, placementFile } from '@millrace/model';

import { namedEnvironment } from '../named.js';
import { goneAlready, inTheWay, needed, type Removal } from './removal.js';

/** A Kafka cluster goes when no pipeline has anything in it. Its volumes stay: a person deletes those. */
export const removeKafkaCluster: Removal = (workspace, { name, ...options }) => {
  const environment = needed('kafka-cluster', 'environment', options.environment);
  const { value } = namedEnvironment(workspace, environment);
  const cluster = declaredKafkas(value).find(({ kafka }) => kafka.cluster === name);
  if (cluster === undefined) return goneAlready(`Kafka cluster ${name} in ${environment}`);
  inTheWay(
    [...(workspace.placements.get(environment)?.keys() ?? [])].flatMap((pipeline) =>
      placed(workspace, environment, pipeline)?.kafkas.has(cluster.name) === true
        ? [
            {
              file: placementFile(environment, pipeline),
              message: `${pipeline} has topics or users in ${name}`,
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
        edits: [{ kind: 'delete', path: cluster.name === MAIN_KAFKA ? ['kafka'] : ['kafkaClusters', cluster.name] }],
      },
    ],
    notices: [
      {
        message: `the brokers of ${name} stop; their volumes stay in the namespace ${namespace}: ${volumes.join(', ')}`,
        remedy: 'Argo CD asks a person before it deletes the Kafka, its pools and the namespace. Whoever deletes the namespace deletes the volume claims.',
      },
    ],
  };
};
