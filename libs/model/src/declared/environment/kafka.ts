import * as z from 'zod';

import { kafkaClusterName, labelKey, labelValue, listenerName, namespaceName, objectName, userName } from '../../names.js';
import { quartzError } from '../../quartz.js';
import { cidr, config, hostName, positiveInteger } from '../scalars.js';
import { secretStoreReference } from './credentials.js';
import { nodesSchema, resourcesSchema } from './storage-nodes.js';

const selector = z.strictObject({
  matchLabels: z
    .record(labelKey, labelValue)
    .refine((labels) => Object.keys(labels).length > 0, { error: 'a selector without labels fits everything: name at least one label' })
    .meta({ description: 'Labels, all of which must be there' }),
});

/** Who may connect, in the shape of a NetworkPolicy's peer: both selectors in one item mean both must fit (R79). */
const networkPolicyPeer = z
  .strictObject({
    namespaceSelector: selector.optional().meta({ examples: [{ matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }] }),
    podSelector: selector.optional().meta({ description: "Pods of those namespaces; without namespaceSelector, of Kafka's own" }),
  })
  .refine(({ namespaceSelector, podSelector }) => namespaceSelector !== undefined || podSelector !== undefined, {
    error: 'a peer has a namespaceSelector, a podSelector, or both',
  });

/**
 * How clients outside of Flink reach the brokers: encrypted, as users with a password (SCRAM-SHA-512), which all declared users have.
 * The listener `tls` (9093) is always there: the jobs use it.
 */
const listenerSchema = z.strictObject({
  port: z
    .int()
    .min(9092)
    .max(65535)
    .meta({ description: "Not 9093, which is the jobs', nor Strimzi's own 9404 and 9999 (R13)", examples: [9094] }),
  type: z
    .enum(['internal', 'cluster-ip', 'loadbalancer', 'nodeport', 'tlsroute', 'route'])
    .meta({ description: 'internal: clients in this cluster. The others: clients outside (tlsroute: Gateway API; route: OpenShift)' }),
  bootstrapHost: hostName
    .optional()
    .meta({ description: 'Under which clients reach the bootstrap service; tlsroute and route need it', examples: ['kafka.acme.example'] }),
  brokerHost: hostName.optional().meta({
    description: "A broker's host name, with {nodeId} where the broker's number stands; tlsroute and route need it",
    examples: ['broker-{nodeId}.kafka.acme.example'],
  }),
  gateway: z
    .strictObject({
      name: objectName.meta({ description: 'Its name', examples: ['kafka'] }),
      namespace: namespaceName.meta({ description: 'Its namespace', examples: ['gateways'] }),
    })
    .optional()
    .meta({ description: 'tlsroute: the Gateway that the routes attach to' }),
  annotations: z.record(labelKey, z.string()).default({}).meta({ description: "On the listener's Services: what a cloud's load balancer is told" }),
  networkPolicyPeers: z.array(networkPolicyPeer).min(1).optional().meta({ description: 'Who may connect from within the cluster; left out: everybody' }),
});

const cronPart = String.raw`[0-9A-Za-z*?,/#L-]+`;

/** Quartz cron of six or seven fields, in UTC, as Strimzi's maintenance time windows take it (R18). */
export const quartzCron = z
  .string()
  .regex(new RegExp(`^${cronPart}(?: ${cronPart}){5,6}$`), {
    error: 'expected a Quartz cron expression of six or seven fields (for example * * 2-4 ? * SUN *)',
    abort: true,
  })
  .refine((expression) => quartzError(expression) === undefined, {
    error: ({ input }) => `Quartz cannot read this: ${quartzError(String(input)) ?? ''}`,
  })
  .meta({ examples: ['* * 2-4 ? * SUN *'] });

export const kafkaVersion = z.string().regex(/^\d+\.\d+\.\d+$/, { error: 'a Kafka version has three numbers, in quotes (for example "4.3.1")' });
export const metadataVersion = z.string().regex(/^\d+\.\d+-IV\d+$/, { error: 'a metadata version is written as "4.3-IV0"' });

const byteRate = z.int().min(1);

const certificateSchema = z.strictObject({
  validityDays: positiveInteger(3650).default(365).meta({ description: 'For how many days it is valid' }),
  renewalDays: positiveInteger(3650).default(30).meta({ description: 'How long before the end it is renewed' }),
});

/** A Kafka cluster that Millrace declares and Strimzi runs. */
export const kafkaSchema = z.strictObject({
  cluster: kafkaClusterName.meta({ description: 'The Kafka resource' }),
  namespace: namespaceName.meta({ description: 'Its own, shared with nobody', examples: ['kafka'] }),
  version: kafkaVersion
    .optional()
    .meta({ description: "Default: the platform's. Pin the old one while the platform moves on: one step at a time (R5)", examples: ['4.3.1'] }),
  metadataVersion: metadataVersion
    .optional()
    .meta({ description: "Default: the platform's. Raised in a commit of its own after the version, never lowered (R5)", examples: ['4.3-IV0'] }),
  controllers: nodesSchema.optional().meta({ description: 'Nodes that are controllers only; left out, the brokers are both (development)' }),
  brokers: nodesSchema,
  rack: labelKey.optional().meta({
    description: 'Node label that says where a node stands: brokers and replicas are spread over its values (R17)',
    examples: ['topology.kubernetes.io/zone'],
  }),
  listeners: z
    .record(listenerName, listenerSchema)
    .default({})
    .meta({ description: 'Further listeners, for clients that are no Flink job of ours: encrypted, as users with a password (SCRAM-SHA-512)' }),
  networkPolicyPeers: z
    .array(networkPolicyPeer)
    .default([])
    .meta({ description: "Who beside the teams' namespaces may connect to the listener of the jobs (R79)" }),
  topicDefaults: z
    .strictObject({
      replicas: positiveInteger(32)
        .optional()
        .meta({
          description:
            'Replication factor; changes topics that are there only with Cruise Control (R10). Left out, a topic gets the factor that the brokers have when it is made (3, or their number where there are fewer), and keeps it',
          examples: [3],
        }),
      config: config.default({}).meta({ description: "Settings, by Kafka's names" }),
    })
    .optional()
    .meta({ description: 'Replication factor and settings of every topic here' }),
  config: config.default({}).meta({ description: "Broker settings beside those that Millrace sets, by Kafka's names" }),
  superUsers: z.array(userName).default([]).meta({ description: 'Users that every ACL lets through; empty, or one for emergencies (R14)' }),
  cruiseControl: z
    .strictObject({
      resources: resourcesSchema.optional().meta({ description: 'What its pod gets' }),
      autoRebalance: z.boolean().default(true).meta({ description: 'Move replicas when brokers are added, and before they are removed (R20)' }),
      replicationThrottle: byteRate.optional().meta({
        description:
          'Bytes a second that such a move may take on a broker; no limit without it. Well above what producers write to one, or it never ends, and well below what disks and network have to give',
        examples: [50_000_000],
      }),
    })
    .optional()
    .meta({ description: 'Cruise Control, which rebalances the cluster and changes replication factors; needs two brokers (R10)' }),
  quotas: z
    .strictObject({
      producerByteRate: byteRate.optional().meta({ description: 'Bytes a second that all producers together may write to a broker' }),
      consumerByteRate: byteRate.optional().meta({ description: 'Bytes a second that all consumers together may read from a broker' }),
      minAvailableBytesPerVolume: z.int().min(1).optional().meta({ description: 'Producers wait while a volume has less space left' }),
      minAvailableRatioPerVolume: z.number().min(0).max(1).optional().meta({ description: 'The same as a share of the volume; one of the two' }),
      excludedPrincipals: z.array(userName).default([]).meta({ description: 'Users that these quotas do not hold for' }),
    })
    .optional()
    .meta({ description: "Strimzi's quotas for the whole cluster: bytes a second a broker, and how full a volume may get (R15)" }),
  certificates: z
    .strictObject({
      clusterCa: certificateSchema.prefault({}).meta({ description: "Of the brokers' certificates" }),
      clientsCa: certificateSchema.prefault({}).meta({ description: "Of the users' certificates" }),
    })
    .optional()
    .meta({ description: 'How long the certificate authorities of the cluster are valid, in days (R18)' }),
  maintenanceTimeWindows: z
    .array(quartzCron)
    .default([])
    .meta({ description: 'When Strimzi may restart brokers for renewed certificates (UTC); left out: at any time (R18)' }),
  resources: z
    .strictObject({
      topicOperator: resourcesSchema.optional().meta({ description: 'The container that makes topics' }),
      userOperator: resourcesSchema.optional().meta({ description: 'The container that makes users' }),
    })
    .default({})
    .meta({ description: 'Of the Entity Operator, which makes topics and users' }),
});

/** A Kafka that somebody else runs: all that is known is where it is and where its credentials come from. */
export const externalKafkaSchema = z.strictObject({
  bootstrapServers: z
    .array(
      z
        .string()
        .regex(/^[A-Za-z0-9](?:[-A-Za-z0-9.]*[A-Za-z0-9])?:\d{2,5}$/, { error: 'a bootstrap server is host:port (for example b-1.kafka.acme.example:9096)' }),
    )
    .min(1)
    .meta({ description: 'Where clients find the cluster, host and port', examples: [['b-1.kafka.acme.example:9096']] }),
  saslMechanism: z.enum(['SCRAM-SHA-512', 'SCRAM-SHA-256', 'PLAIN']).default('SCRAM-SHA-512').meta({ description: 'How clients say who they are' }),
  certificate: z
    .enum(['public', 'own'])
    .default('public')
    .meta({ description: "own: its certificate authority is no public one, and each user's credentials have it under ca.crt" }),
  credentials: secretStoreReference.meta({ description: "The store that its users' credentials are in: <path>/<user> with the property password" }),
  addresses: z.array(cidr).default([]).meta({ description: 'Where its brokers are; left out, jobs may reach its ports anywhere' }),
});

export type Kafka = z.output<typeof kafkaSchema>;
export type KafkaListener = z.output<typeof listenerSchema>;
export type NetworkPolicyPeer = z.output<typeof networkPolicyPeer>;
export type ExternalKafka = z.output<typeof externalKafkaSchema>;
