import {
  isNewerMetadata,
  kafkaMinor,
  kafkaPath,
  kafkaVersions,
  MAIN_KAFKA,
  platform,
  replicationOf,
  type Declared,
  type DeclaredKafka,
  type Environment,
  type Kafka,
  type Platform,
} from '@millrace/model';

import { byHand, keep, lowered, type Kept } from './immutable.js';

/** What the flags of a command say of a Kafka cluster; undefined where they say nothing. */
export interface WantedKafka {
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly brokers?: number | undefined;
  readonly controllers?: number | undefined;
  readonly storageClass?: string | undefined;
  readonly storageSize?: string | undefined;
  readonly controllerStorageSize?: string | undefined;
  readonly topicReplicas?: number | undefined;
  readonly cruiseControl?: boolean | undefined;
  readonly kafkaVersion?: string | undefined;
  readonly metadataVersion?: string | undefined;
}

/** Refuses what Strimzi does not do to a cluster that is there, or what would make another, empty one of it. */
export function keepKafkaCluster(environment: Declared<Environment>, { name, kafka }: DeclaredKafka, wanted: WantedKafka): void {
  const place = kafkaPath(name);
  const at = (...keys: readonly string[]) => ({ path: [...place, ...keys], hand: byHand([...place, ...keys].join('.')) });
  const where = name === MAIN_KAFKA ? `the Kafka cluster of ${environment.value.environment}` : `the cluster ${name} of ${environment.value.environment}`;
  const [cluster, namespace, storageClass, replicas] = [at('cluster'), at('namespace'), at('brokers', 'storage', 'class'), at('topicDefaults', 'replicas')];
  const { topics } = replicationOf(kafka);
  keep(environment, [
    {
      path: cluster.path,
      now: kafka.cluster,
      wanted: wanted.name,
      message: `${where} is called ${kafka.cluster}; under the name ${wanted.name} Strimzi makes another cluster, without the data`,
      remedy: `For one beside it say what pipelines call it: --as ${wanted.name}. ${cluster.hand}`,
    },
    {
      path: namespace.path,
      now: kafka.namespace,
      wanted: wanted.namespace,
      message: `${where} is in the namespace ${kafka.namespace}; in another one Strimzi makes another cluster, without the data`,
      remedy: `Declare a cluster beside it (--as <name>), move what reads and writes this one, then remove it. ${namespace.hand}`,
    },
    {
      path: storageClass.path,
      now: kafka.brokers.storage.class,
      wanted: wanted.storageClass,
      message: `the volumes of ${where} are of the class ${kafka.brokers.storage.class}; Strimzi moves none to another class, and ignores every other change of their storage then (R16)`,
      remedy: `Add volumes of the other class by a patch of the KafkaNodePool (JBOD) and move the replicas with Cruise Control, or declare a cluster beside it (--as <name>). ${storageClass.hand}`,
    },
    size(where, at('brokers', 'storage', 'size'), kafka.brokers.storage.size, wanted.storageSize),
    ...(kafka.controllers === undefined
      ? []
      : [size(where, at('controllers', 'storage', 'size'), kafka.controllers.storage.size, wanted.controllerStorageSize)]),
    ...quorum(where, place, kafka, wanted),
    ...fewerBrokers(where, at('brokers', 'replicas'), kafka, wanted),
    {
      path: replicas.path,
      now: topics,
      wanted: (wanted.cruiseControl ?? kafka.cruiseControl !== undefined) ? undefined : wanted.topicReplicas,
      message: `topics of ${where} have a replication factor of ${topics}; Strimzi changes that of topics that are there with Cruise Control only (R10)`,
      remedy: `Switch it on: --cruise-control. ${replicas.hand}`,
    },
    metadata(where, at('metadataVersion'), platform(environment.value.platform), kafka, wanted),
  ]);
}

interface Place {
  readonly path: readonly string[];
  readonly hand: string;
}

function size(where: string, { path, hand }: Place, now: string, wanted: string | undefined): Kept {
  return {
    path,
    now,
    wanted: lowered(now, wanted),
    message: `a volume of ${where} has ${now} and cannot shrink to ${wanted ?? ''}: Strimzi ignores every change of its storage then (R16)`,
    remedy: `Keep the size, or raise it. Smaller volumes are those of a cluster beside it (--as <name>). ${hand}`,
  };
}

/** Metadata that was raised is not lowered (R5), by an older Kafka as little as by itself. */
function metadata(where: string, { path, hand }: Place, set: Platform, there: Kafka, wanted: WantedKafka): Kept {
  const now = kafkaVersions(set, there).metadataVersion;
  const then = kafkaVersions(set, {
    version: wanted.kafkaVersion ?? there.version,
    metadataVersion: wanted.metadataVersion ?? there.metadataVersion,
  }).metadataVersion;
  return {
    path,
    now,
    wanted: isNewerMetadata(now, then) ? then : undefined,
    message: `the metadata of ${where} has the version ${now} and cannot go back to ${then}: it is raised, never lowered (R5)`,
    remedy: `Keep the version, or raise it; an older Kafka than ${kafkaMinor(now)} does not read this metadata. ${hand}`,
  };
}

/** Strimzi changes neither the number of controllers nor which nodes are controllers in place (R4). */
function quorum(where: string, place: readonly string[], there: Kafka, wanted: WantedKafka): readonly Kept[] {
  const [brokers, controllers] = [wanted.brokers ?? there.brokers.replicas, wanted.controllers ?? there.controllers?.replicas ?? 0];
  const now = there.controllers?.replicas ?? there.brokers.replicas;
  const then = controllers === 0 ? brokers : controllers;
  if (now === then && (there.controllers === undefined) === (controllers === 0)) return [];
  const key = place.join('.');
  return [
    {
      path: [...place, there.controllers === undefined ? 'brokers' : 'controllers', 'replicas'],
      now: `${now}`,
      wanted: `${then} others`,
      message: `${where} has ${now} ${now === 1 ? 'controller' : 'controllers'}${there.controllers === undefined ? `, which ${now === 1 ? 'is its broker' : 'are its brokers'}` : ''}; Strimzi changes neither their number nor who is one in place (R4)`,
      remedy: `${byHand(`${key}.controllers and ${key}.brokers`)} Where it does, follow the procedure of Strimzi for splitting roles.`,
    },
  ];
}

/** Strimzi stops no broker that has replicas; with Cruise Control it moves them away first (R20). Brokers that are controllers are a quorum. */
function fewerBrokers(where: string, { path, hand }: Place, there: Kafka, { brokers, cruiseControl }: WantedKafka): readonly Kept[] {
  const moves = there.cruiseControl?.autoRebalance === true && cruiseControl !== false;
  if (there.controllers === undefined || moves) return [];
  const now = there.brokers.replicas;
  return [
    {
      path,
      now,
      wanted: lowered(now, brokers),
      message: `${where} has ${now} brokers; Strimzi stops none that still has replicas, and nobody moves them away here (R20)`,
      remedy: `Switch on Cruise Control with autoRebalance (--cruise-control) and let that be synced, then lower the number. ${hand}`,
    },
  ];
}
