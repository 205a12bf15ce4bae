import * as z from 'zod';

import { namespaceName } from '../../names.js';
import { chartRepository, positiveInteger } from '../scalars.js';
import { repositoryUrl } from '../repository-url.js';
import { resourcesSchema } from './storage-nodes.js';

const common = {
  managed: z.boolean().default(true).meta({ description: 'false: the cluster has it already, somebody else keeps it' }),
  chart: chartRepository.optional().meta({ description: "Where the chart comes from, where a mirror stands in for the project's own place" }),
  crds: repositoryUrl.optional().meta({ description: 'Where the custom resource definitions come from: a mirror of the git repository of the project' }),
  replicas: positiveInteger(5).default(1).meta({ description: 'More than one elect a leader' }),
  resources: resourcesSchema.optional().meta({ description: 'What each of its pods gets' }),
};

const watch = z
  .enum(['namespaces', 'cluster'])
  .default('namespaces')
  .meta({ description: 'namespaces: those of the environments in this cluster, by name. cluster: every namespace (R23, R45)' });

/** Over what the Flink operator fetches the jars of session jobs, where it is allowed to (R35). */
export const artifactScheme = z.enum(['https', 'http', 's3', 'gs', 'abfs', 'abfss']);

/** The operators of a cluster, by the name of what they are; each can be left out. */
export const operatorsSchema = z.strictObject({
  'cert-manager': z.strictObject({ ...common, namespace: namespaceName.default('cert-manager').meta({ description: 'Where it runs' }) }).prefault({}),
  'external-secrets': z.strictObject({ ...common, namespace: namespaceName.default('external-secrets').meta({ description: 'Where it runs' }) }).prefault({}),
  strimzi: z.strictObject({ ...common, namespace: namespaceName.default('strimzi-operator').meta({ description: 'Where it runs' }), watch }).prefault({}),
  flink: z
    .strictObject({
      ...common,
      namespace: namespaceName.default('flink-operator').meta({ description: 'Where it runs' }),
      watch,
      webhook: z
        .boolean()
        .default(true)
        .meta({ description: 'Refuse wrong resources when they are applied; false: they are accepted, and their status says what is wrong (R43)' }),
      artifacts: z
        .strictObject({
          schemes: z.array(artifactScheme).min(1).default(['https']).meta({ description: 'From where the operator fetches the jars of session jobs (R35)' }),
          privateHosts: z.boolean().default(false).meta({ description: 'true: also from addresses inside the network, a Nexus or MinIO in the cluster (R35)' }),
        })
        .prefault({}),
    })
    .prefault({}),
});

export type Operators = z.output<typeof operatorsSchema>;
export type OperatorName = keyof Operators;
export const operatorNames = ['cert-manager', 'external-secrets', 'strimzi', 'flink'] as const satisfies readonly OperatorName[];
