import { fieldAt, numberAt, textAt, textsAt } from '../../field.js';
import { KAFKA, NODE_POOL } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import type { Subject } from '../../subject.js';
import { agrees, isTogether, type Universe } from '../../universe.js';
import { CLUSTER_LABEL_PATH } from '../strimzi/labels.js';

/** The name of the Kafka that a resource belongs to. */
export function clusterLabelOf(subject: Subject): string | undefined {
  return textAt(subject.resource.body, ...CLUSTER_LABEL_PATH) || undefined;
}

/** The Kafkas that a resource can belong to by its label; several where several environments have one of that name. */
export function kafkasOf(subject: Subject, universe: Universe): readonly Subject[] {
  const cluster = clusterLabelOf(subject);
  return cluster === undefined ? [] : universe.named(subject, KAFKA, cluster);
}

/** The node pools of a Kafka: those built together with it, or, where its own root or file has none, all that name it. */
export function poolsOf(kafka: Subject, universe: Universe): readonly Subject[] {
  const pools = poolsByCluster(universe)
    .all(`${kafka.scope}\n${kafka.resource.name}`)
    .filter((pool) => agrees(pool.namespace, kafka.namespace));
  const together = pools.filter(({ origin }) => isTogether(origin, kafka.origin));
  return together.length > 0 ? together : pools;
}

const poolsByCluster = oncePerUniverse(
  (universe) =>
    new OrderedIndex(universe.of(NODE_POOL), (pool) => {
      const cluster = clusterLabelOf(pool);
      return cluster === undefined ? [] : [`${pool.scope}\n${cluster}`];
    }),
);

/** How many nodes of a Kafka are brokers; undefined where this run does not certainly have all of its pools. */
export function brokersOf(kafka: Subject, universe: Universe): number | undefined {
  const pools = poolsOf(kafka, universe);
  if (pools.length === 0 || !areKnown(kafka, pools, universe)) return undefined;
  let brokers = 0;
  for (const { resource } of pools) {
    if (!textsAt(resource.body, 'spec', 'roles').includes('broker')) continue;
    const replicas = numberAt(resource.body, 'spec', 'replicas');
    if (replicas === undefined) return undefined;
    brokers += replicas;
  }
  return brokers;
}

/** Whether pools are those of this very Kafka: built with it, or of its own environment. */
export function areKnown(kafka: Subject, pools: readonly Subject[], universe: Universe): boolean {
  return universe.isComplete(kafka) || pools.every(({ origin }) => isTogether(origin, kafka.origin));
}

/** Whether the User Operator of a Kafka can write ACLs (KafkaAuthorization.supportsAdminApi). */
export function takesAcls(kafka: Subject): boolean {
  const authorization = fieldAt(kafka.resource.body, 'spec', 'kafka', 'authorization');
  const type = textAt(authorization, 'type');
  if (type === 'custom') return fieldAt(authorization, 'supportsAdminApi') === true;
  // keycloak could delegate to Kafka's own ACLs, in the versions that had it; what else there is is not for here to judge.
  return authorization !== undefined && authorization !== null && type !== 'opa';
}

/** The topic's name in Kafka. */
export function topicNameOf(topic: Subject): string {
  return textAt(topic.resource.body, 'spec', 'topicName') ?? topic.resource.name;
}
