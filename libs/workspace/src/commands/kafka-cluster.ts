import { environmentName, kafkaClusterName, namespaceName, objectName, positiveInteger, storageQuantity, MillraceError } from '@millrace/model';
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
    namespace: namespaceName.optional().meta({ description: 'Its namespace, shared with nobody (a new cluster: kafka)' }),
    brokers: positiveInteger(999).optional().meta({ description: 'Number of brokers (a new cluster: 1)' }),
    controllers: z
      .int()
      .min(0)
      .max(9)
      .optional()
      .meta({ description: 'Number of nodes that are controllers only; 0: the brokers are both (a new cluster: 0)' }),
    storageClass: objectName.meta({ description: 'StorageClass of the volumes', prompt: 'Which StorageClass?' }),
    storageSize: storageQuantity.meta({ description: "Size of a broker's volume", prompt: "How large is a broker's volume?" }),
    controllerStorageSize: storageQuantity.optional().meta({ description: "Size of a controller's volume (a new cluster: 20Gi)" }),
    topicReplicas: positiveInteger(32)
      .optional()
      .meta({ description: 'Replication factor of topics (default: 3, or the number of brokers where there are fewer)' }),
  }),
  plan: (workspace, options) => {
    const { name, environment, namespace, brokers, controllers, storageClass, storageSize, controllerStorageSize, topicReplicas } = options;
    const { file, value } = namedEnvironment(workspace, environment);
    const there = value.kafka;
    const brokerCount = brokers ?? there?.brokers.replicas ?? 1;
    const controllerCount = controllers ?? there?.controllers?.replicas ?? 0;
    const quorum = (kafka: { readonly controllers?: number | undefined; readonly brokers: number }) => kafka.controllers ?? kafka.brokers;
    const now = there === undefined ? undefined : quorum({ controllers: there.controllers?.replicas, brokers: there.brokers.replicas });
    const then = quorum({ controllers: controllerCount === 0 ? undefined : controllerCount, brokers: brokerCount });
    if (there !== undefined && (now !== then || (there.controllers === undefined) !== (controllerCount === 0))) {
      throw new MillraceError('refused', [
        {
          file,
          message: `${environment} has ${String(now)} controllers${there.controllers === undefined ? ', which are its brokers' : ''}; Strimzi changes neither their number nor who is one in place (R4)`,
          remedy:
            'Where nothing runs yet, write kafka.controllers and kafka.brokers by hand and run millrace sync. Where it does, follow the procedure of Strimzi for splitting roles.',
        },
      ]);
    }
    const set = (path: readonly string[], value: string | number) => ({ kind: 'set' as const, path: ['kafka', ...path], value });
    return [
      {
        kind: 'yaml',
        file,
        edits: [
          set(['cluster'], name),
          set(['namespace'], namespace ?? there?.namespace ?? 'kafka'),
          ...(controllerCount === 0
            ? [{ kind: 'delete' as const, path: ['kafka', 'controllers'] }]
            : [
                set(['controllers', 'replicas'], controllerCount),
                set(['controllers', 'storage', 'class'], storageClass),
                set(['controllers', 'storage', 'size'], controllerStorageSize ?? there?.controllers?.storage.size ?? '20Gi'),
              ]),
          set(['brokers', 'replicas'], brokerCount),
          set(['brokers', 'storage', 'class'], storageClass),
          set(['brokers', 'storage', 'size'], storageSize),
          set(['topicDefaults', 'replicas'], topicReplicas ?? (brokers === undefined ? there?.topicDefaults?.replicas : undefined) ?? Math.min(3, brokerCount)),
        ],
      },
    ];
  },
});
