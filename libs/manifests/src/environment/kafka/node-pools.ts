import { quantityOf, type Kafka } from '@millrace/model';

/** The node pools of a cluster: controllers and brokers, or nodes that are both (R3, R4). */
export function nodePools(kafka: Kafka) {
  const { brokers, controllers } = kafka;
  return controllers === undefined
    ? [pool(kafka, 'dual-role', ['controller', 'broker'], brokers)]
    : [pool(kafka, 'controller', ['controller'], controllers), pool(kafka, 'broker', ['broker'], brokers)];
}

function pool({ cluster, rack }: Kafka, name: string, roles: readonly ('controller' | 'broker')[], { replicas, storage, resources, jvm }: Kafka['brokers']) {
  return {
    cluster,
    pool: name,
    roles,
    replicas,
    storageClass: storage.class,
    size: storage.size,
    resources,
    heap: jvm === undefined ? undefined : mebibytes(jvm.heap),
    several: replicas > 1,
    rack,
    sameRole: { 'strimzi.io/cluster': cluster, [`strimzi.io/${roles.includes('broker') ? 'broker' : 'controller'}-role`]: 'true' },
  };
}

/** A quantity as Java takes it: whole mebibytes, never more than what was written. */
function mebibytes(quantity: string): string {
  return `${Math.floor((quantityOf(quantity) ?? 0) / 2 ** 20)}m`;
}
