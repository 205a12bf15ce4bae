import {
  cpuText,
  declaredKafkas,
  environmentName,
  kafkaClusterName,
  kafkaPath,
  kafkaReference,
  kafkaVersion,
  labelKey,
  MAIN_KAFKA,
  memoryQuantity,
  metadataVersion,
  misused,
  namespaceName,
  objectName,
  positiveInteger,
  quartzCron,
  replicationOf,
  storageQuantity,
  type Edit,
  type Kafka,
} from '@millrace/model';
import * as z from 'zod';

import { defineCommand, keyValues } from '../command.js';
import { keepKafkaCluster } from './immutable/kafka-cluster.js';
import { namedEnvironment } from './named.js';
import { setterAt } from './set-edits.js';
import { checkSettings, KAFKA_SETTING } from './settings.js';

const options = z.strictObject({
  name: kafkaClusterName.meta({ description: 'The name of the Kafka resource', positional: 0, prompt: 'What is the Kafka cluster called?' }),
  environment: environmentName.meta({ description: 'The environment', prompt: 'In which environment?' }),
  as: kafkaReference.default(MAIN_KAFKA).meta({ description: 'What pipelines call it; main is the one that they use unless they name another' }),
  namespace: namespaceName
    .optional()
    .meta({ description: 'Its namespace, shared with nobody (a new cluster: kafka, a further one kafka-<as>)', examples: ['kafka'] }),
  brokers: positiveInteger(999).optional().meta({ description: 'Number of brokers (a new cluster: 1); fewer only with Cruise Control' }),
  controllers: z.int().min(0).max(9).optional().meta({ description: 'Number of nodes that are controllers only; 0: the brokers are both (a new cluster: 0)' }),
  storageClass: objectName.optional().meta({ description: 'StorageClass of the volumes; a new cluster needs it' }),
  storageSize: storageQuantity.optional().meta({ description: "Size of a broker's volume, which only grows; a new cluster needs it" }),
  controllerStorageSize: storageQuantity.optional().meta({ description: "Size of a controller's volume (a new cluster: 20Gi)", examples: ['20Gi'] }),
  topicReplicas: positiveInteger(32)
    .optional()
    .meta({ description: 'Replication factor of topics (a new cluster: 3, or the number of brokers where there are fewer); changed with Cruise Control only' }),
  topicConfig: keyValues(KAFKA_SETTING).meta({ description: 'Settings of every topic here, key=value, repeatable', pairs: true }),
  memory: memoryQuantity.optional().meta({ description: 'Memory of a broker' }),
  cpu: cpuText.optional().meta({ description: 'CPU of a broker', examples: ['2'] }),
  heap: memoryQuantity.optional().meta({ description: 'Java heap of a broker, about half of its memory: the rest is the page cache', examples: ['4Gi'] }),
  rack: labelKey
    .optional()
    .meta({ description: 'Label of the nodes over whose values brokers and replicas are spread', examples: ['topology.kubernetes.io/zone'] }),
  cruiseControl: z.boolean().optional().meta({ description: 'Run Cruise Control, which moves replicas when brokers come and go; needs two brokers' }),
  maintenanceWindow: quartzCron.optional().meta({ description: 'Add a time in which certificates may be renewed: a Quartz cron expression, UTC' }),
  kafkaVersion: kafkaVersion.optional().meta({ description: "The version of Kafka (default: the platform's)", examples: ['4.3.1'] }),
  metadataVersion: metadataVersion
    .optional()
    .meta({ description: "The version of the metadata (default: the platform's); raised after the version, never lowered", examples: ['4.3-IV0'] }),
});

/** Adds a Kafka cluster to an environment, or changes what the flags name of one that is there, where Strimzi can (R4, R10, R16, R20). */
export const kafkaCluster = defineCommand({
  name: 'kafka-cluster',
  summary: 'Add a Kafka cluster to an environment, or change one',
  examples: [
    'millrace kafka-cluster kafka-cluster --environment dev --storage-class standard --storage-size 10Gi',
    'millrace kafka-cluster kafka-cluster --environment prod --controllers 3 --brokers 3 --storage-class fast-ssd --storage-size 100Gi --memory 8Gi --cpu 2 --heap 4Gi --rack topology.kubernetes.io/zone --cruise-control',
    'millrace kafka-cluster kafka-cluster --environment prod --storage-size 200Gi',
    'millrace kafka-cluster analytics --as analytics --environment prod --brokers 3 --storage-class fast-ssd --storage-size 1Ti',
  ],
  options,
  plan: (workspace, flags) => {
    const { environment } = flags;
    const declared = namedEnvironment(workspace, environment);
    const { file, value } = declared;
    const place = kafkaPath(flags.as);
    const cluster = declaredKafkas(value).find(({ name }) => name === flags.as);
    const there = cluster?.kafka;
    if (cluster === undefined) needStorage(flags);
    else keepKafkaCluster(declared, cluster, flags);
    const brokers = flags.brokers ?? there?.brokers.replicas ?? 1;
    const controllers = flags.controllers ?? there?.controllers?.replicas ?? 0;
    if (controllers === 0 && flags.controllerStorageSize !== undefined) {
      throw misused('the brokers are the controllers: --controller-storage-size needs --controllers', 'Say how many there are: --controllers 3');
    }
    checkSettings(flags.topicConfig, KAFKA_SETTING);
    const set = setterAt(...place);
    // Topics that are there keep their number of copies: said only of a new cluster, or when told to (R10).
    const newTopics = there === undefined ? replicationOf({ brokers: { replicas: brokers }, config: {} }).topics : undefined;
    return [
      {
        kind: 'yaml',
        file,
        edits: [
          ...set(['cluster'], flags.name),
          ...set(['namespace'], flags.namespace ?? there?.namespace ?? (flags.as === MAIN_KAFKA ? 'kafka' : `kafka-${flags.as}`)),
          ...set(['version'], flags.kafkaVersion),
          ...set(['metadataVersion'], flags.metadataVersion),
          ...set(['rack'], flags.rack),
          ...(controllers === 0
            ? [{ kind: 'delete' as const, path: [...place, 'controllers'] }]
            : [
                ...set(['controllers', 'replicas'], controllers),
                // Volumes that are there keep their class: a person may have given the controllers another one.
                ...set(['controllers', 'storage', 'class'], there?.controllers?.storage.class ?? flags.storageClass),
                ...set(['controllers', 'storage', 'size'], flags.controllerStorageSize ?? there?.controllers?.storage.size ?? '20Gi'),
              ]),
          ...set(['brokers', 'replicas'], brokers),
          ...set(['brokers', 'storage', 'class'], flags.storageClass),
          ...set(['brokers', 'storage', 'size'], flags.storageSize),
          ...brokerResources(flags, there).flatMap(([key, quantity]) => set(['brokers', 'resources', key], quantity)),
          ...set(['brokers', 'jvm', 'heap'], flags.heap),
          ...set(['topicDefaults', 'replicas'], flags.topicReplicas ?? newTopics),
          ...Object.entries(flags.topicConfig).flatMap(([key, setting]) => set(['topicDefaults', 'config', key], setting)),
          ...cruiseControlEdits(flags.cruiseControl, there, place),
          ...maintenanceEdits(flags.maintenanceWindow, there, place),
        ],
      },
    ];
  },
});

type Flags = z.output<typeof options>;

/** A new cluster needs volumes. */
function needStorage({ environment, as, storageClass, storageSize }: Flags): void {
  const missing = [...(storageClass === undefined ? ['--storage-class'] : []), ...(storageSize === undefined ? ['--storage-size'] : [])];
  if (missing.length === 0) return;
  throw misused(
    `${environment} has no Kafka cluster ${as}: a new one needs ${missing.join(' and ')}`,
    'Say both, for example --storage-class fast-ssd --storage-size 100Gi.',
  );
}

/** Memory and CPU belong together: the first of them asks for the other. */
function brokerResources({ memory, cpu }: Flags, there: Kafka | undefined): readonly (readonly ['memory' | 'cpu', string | undefined])[] {
  if ((memory === undefined) !== (cpu === undefined) && there?.brokers.resources === undefined) {
    throw misused(
      `the brokers have no resources yet: ${memory === undefined ? '--cpu needs --memory' : '--memory needs --cpu'}`,
      'Give both, for example --memory 8Gi --cpu 2.',
    );
  }
  return [
    ['memory', memory],
    ['cpu', cpu],
  ];
}

function cruiseControlEdits(wanted: boolean | undefined, there: Kafka | undefined, place: readonly string[]): readonly Edit[] {
  const path = [...place, 'cruiseControl'];
  if (wanted === false) return [{ kind: 'delete', path }];
  // One that is there keeps its resources.
  return wanted === undefined || there?.cruiseControl !== undefined ? [] : [{ kind: 'set', path, value: {} }];
}

function maintenanceEdits(window: string | undefined, there: Kafka | undefined, place: readonly string[]): readonly Edit[] {
  const windows = there?.maintenanceTimeWindows ?? [];
  if (window === undefined || windows.includes(window)) return [];
  return [{ kind: 'set', path: [...place, 'maintenanceTimeWindows'], value: [...windows, window] }];
}
