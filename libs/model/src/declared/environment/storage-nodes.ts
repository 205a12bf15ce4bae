import * as z from 'zod';

import { objectName } from '../../names.js';
import { cpuQuantity, memoryQuantity, positiveInteger, storageQuantity } from '../scalars.js';

const storageSchema = z.strictObject({
  class: objectName.meta({ description: 'StorageClass; its reclaim policy should be Retain where data matters (R16)' }),
  size: storageQuantity.meta({ description: 'Can be raised later, never lowered (R16)' }),
});

/** What a container is promised, and what memory it is held to. */
export const resourcesSchema = z.strictObject({
  memory: memoryQuantity.meta({ description: 'Request and limit' }),
  cpu: cpuQuantity.meta({ description: 'Request; there is no limit, which would only slow the container down' }),
});

/** Kafka nodes of one role: how many, on what storage, how big. */
export const nodesSchema = z.strictObject({
  replicas: positiveInteger(999).meta({ description: 'How many nodes there are' }),
  storage: storageSchema.meta({ description: 'The volume of each of them' }),
  resources: resourcesSchema.optional().meta({ description: 'Left out, Kubernetes guarantees the nodes nothing (R17)' }),
  jvm: z
    .strictObject({ heap: memoryQuantity.meta({ description: '-Xms and -Xmx; what is left of the memory is for the page cache', examples: ['4Gi'] }) })
    .optional()
    .meta({ description: 'Left out, Strimzi takes a part of the memory, 5 GiB at most' }),
});
