import { environmentName, kafkaClusterName, namespaceName, objectName, positiveInteger, storageQuantity } from '@millrace/model';
import * as z from 'zod';

import { defineCommand } from '../command.js';
import { namedEnvironment } from './named.js';

/** Declares the Kafka cluster of an environment. */
export const kafkaCluster = defineCommand({
  name: 'kafka-cluster',
  summary: 'Declare the Kafka cluster of an environment',
  examples: [
    'millrace kafka-cluster kafka-cluster --environment dev --storage-class standard --storage-size 10Gi',
    'millrace kafka-cluster kafka-cluster --environment prod --controllers 3 --brokers 3 --storage-class fast-ssd --storage-size 100Gi',
  ],
  options: z.strictObject({
    name: kafkaClusterName.meta({ description: 'The name of the Kafka resource', positional: 0, prompt: 'What is the Kafka cluster called?' }),
    environment: environmentName.meta({ description: 'The environment', prompt: 'In which environment?' }),
    namespace: namespaceName.default('kafka').meta({ description: 'Its namespace, shared with nobody' }),
    brokers: positiveInteger(999).default(1).meta({ description: 'Number of brokers' }),
    controllers: z.int().min(0).max(9).default(0).meta({ description: 'Number of nodes that are controllers only; 0: the brokers are both' }),
    storageClass: objectName.meta({ description: 'StorageClass of the volumes', prompt: 'Which StorageClass?' }),
    storageSize: storageQuantity.meta({ description: "Size of a broker's volume", prompt: "How large is a broker's volume?" }),
    controllerStorageSize: storageQuantity.default('20Gi').meta({ description: "Size of a controller's volume" }),
    topicReplicas: positiveInteger(32)
      .optional()
      .meta({ description: 'Replication factor of topics (default: 3, or the number of brokers where there are fewer)' }),
  }),
  plan: (workspace, options) => {
    const { name, environment, namespace, brokers, controllers, storageClass, storageSize, controllerStorageSize, topicReplicas } = options;
    const { file } = namedEnvironment(workspace, environment);
    const set = (path: readonly string[], value: string | number) => ({ kind: 'set' as const, path: ['kafka', ...path], value });
    return [
      {
        kind: 'yaml',
        file,
        edits: [
          set(['cluster'], name),
          set(['namespace'], namespace),
          ...(controllers === 0
            ? [{ kind: 'delete' as const, path: ['kafka', 'controllers'] }]
            : [
                set(['controllers', 'replicas'], controllers),
                set(['controllers', 'storage', 'class'], storageClass),
                set(['controllers', 'storage', 'size'], controllerStorageSize),
              ]),
          set(['brokers', 'replicas'], brokers),
          set(['brokers', 'storage', 'class'], storageClass),
          set(['brokers', 'storage', 'size'], storageSize),
          set(['topicDefaults', 'replicas'], topicReplicas ?? Math.min(3, brokers)),
        ],
      },
    ];
  },
});
