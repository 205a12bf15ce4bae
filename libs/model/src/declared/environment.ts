import * as z from 'zod';

import { LAYOUTS } from '../layouts.js';
import { environmentName, kafkaReference, MAIN_KAFKA, objectName } from '../names.js';
import { platformNames } from '../platforms/platform.js';
import { argocdEnvironmentSchema } from './environment/argocd.js';
import { credentialsSchema, schemaRegistrySchema } from './environment/credentials.js';
import { flinkSchema } from './environment/flink.js';
import { externalKafkaSchema, kafkaSchema } from './environment/kafka.js';
import { observabilitySchema } from './environment/observability.js';
import { operatorsSchema } from './environment/operators.js';
import { owners } from './owners.js';
import { webUrl } from './scalars.js';

const furtherKafka = kafkaReference.refine((name) => name !== MAIN_KAFKA, { error: 'the main cluster is the one under kafka' });

/** environments/<environment>/environment.yaml: what one environment is. */
export const environmentSchema = z
  .strictObject({
    environment: environmentName.meta({ description: "The folder's name" }),
    promotesFrom: environmentName.optional().meta({ description: 'Where releases come from; the first environment has none and follows next' }),
    layout: z
      .literal([...LAYOUTS], {
        error: `expected ${LAYOUTS.join(' or ')}, ${LAYOUTS.length === 1 ? 'the layout' : 'one of the layouts'} that this Millrace makes; another needs another Millrace (nx migrate @millrace/nx)`,
      })
      .meta({ description: 'The generation of templates that this environment is made with; millrace migrate raises it', examples: [LAYOUTS[0]] }),
    platform: z
      .enum(platformNames, { error: `expected one of ${platformNames.map((name) => `"${name}"`).join(', ')}` })
      .meta({ description: 'A tested set of operator, Kafka and Flink versions' }),
    owners: owners.default([]).meta({ description: 'Who approves changes here, beside those of millrace.yaml' }),
    cluster: z
      .strictObject({
        name: objectName
          .optional()
          .meta({ description: 'What people call the cluster; environments that name the same one share it', examples: ['eu-prod-1'] }),
        server: webUrl.meta({ description: 'The API server, as the Argo CD of this environment reaches it' }),
        operators: z.enum(['managed', 'provided']).default('managed').meta({ description: 'Whether this environment manages the operators of the cluster' }),
      })
      .meta({ description: 'The Kubernetes cluster' }),
    argocd: argocdEnvironmentSchema.prefault({}).meta({ description: 'How Argo CD syncs this environment' }),
    operators: operatorsSchema.prefault({}).meta({ description: 'The operators of the cluster, where they are not as Millrace makes them' }),
    observability: observabilitySchema.optional().meta({ description: 'What Prometheus is told; left out: nothing' }),
    kafka: kafkaSchema.optional().meta({ description: 'The Kafka cluster that pipelines use unless they name another' }),
    kafkaClusters: z.record(furtherKafka, kafkaSchema).default({}).meta({ description: 'Further Kafka clusters, by the name that pipelines call them' }),
    externalKafka: z
      .record(kafkaReference, externalKafkaSchema)
      .default({})
      .meta({ description: 'Kafka clusters that others run, by the name that pipelines call them; main stands in for kafka' }),
    schemaRegistry: schemaRegistrySchema.optional().meta({ description: 'Where the schemas of the messages are' }),
    flink: flinkSchema.meta({ description: 'How Flink runs here' }),
    credentials: credentialsSchema.default('external-secrets').meta({ description: "How users' credentials get into the namespaces of their jobs" }),
  })
  .meta({ title: 'environment.yaml', description: 'One environment: its cluster, its Kafka, how Flink runs in it' });

export type Environment = z.output<typeof environmentSchema>;
