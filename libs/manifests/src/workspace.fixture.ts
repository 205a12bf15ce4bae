import {
  environmentSchema,
  formatProblem,
  millraceSchema,
  pipelineSchema,
  placementSchema,
  readDeclared,
  releaseFolder,
  releaseSchema,
  writeYaml,
  type Declared,
  type Environment,
  type FrozenRelease,
  type PatchFile,
  type Pipeline,
  type PipelineSources,
  type Placement,
  type Workspace,
} from '@millrace/model';
import { parseAllDocuments } from 'yaml';
import type * as z from 'zod';

import { releaseFiles } from './release.js';

/** A repository: the text of each file, by path. */
export type Texts = Readonly<Record<string, string>>;

const DIGEST = '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';

const environment = (name: string, more: string) => `environment: ${name}
layout: 1
platform: "2026.11"
cluster: {server: https://kubernetes.default.svc}
${more}`;

const application = (name: string, from: string) =>
  environment(
    name,
    `promotesFrom: ${from}
kafka:
  cluster: kafka-cluster
  namespace: kafka
  controllers: {replicas: 3, storage: {class: fast-ssd, size: 20Gi}}
  brokers: {replicas: 3, storage: {class: fast-ssd, size: 100Gi}}
  topicDefaults: {replicas: 3}
flink: {mode: application, storage: s3://my-bucket/${name}}
`,
  );

export const ORDER_PROCESSOR = 'apps/order-processor/pipeline.yaml';

/** What people declare in the complete example: a session in dev with one broker, applications in staging and prod with three. */
const declared: Texts = {
  'millrace.yaml': 'repository: {url: https://git.acme.example/platform/streaming.git}\nteams:\n  orders: {namespace: flink}\n',
  'environments/dev/environment.yaml': environment(
    'dev',
    `kafka:
  cluster: kafka-cluster
  namespace: kafka
  brokers: {replicas: 1, storage: {class: standard, size: 10Gi}}
flink:
  mode: session
  storage: s3://my-bucket/dev
  sessions: {orders-session: {team: orders, flinkVersion: v2_2, slots: 4}}
`,
  ),
  'environments/staging/environment.yaml': application('staging', 'dev'),
  'environments/prod/environment.yaml': application('prod', 'staging'),
  [ORDER_PROCESSOR]: `pipeline: order-processor
team: orders
topics:
  orders:
    partitions: 10
    config: {retention.ms: "604800000", compression.type: snappy}
  order-totals: {partitions: 10}
users:
  flink-app: {}
jobs:
  order-processor:
    user: flink-app
    flinkVersion: v2_2
    artifact:
      image: ghcr.io/acme/order-processor@sha256:${DIGEST}
      jar: {uri: https://artifacts.acme.example/order-processor-1.0.0.jar, sha256: ${DIGEST}}
      entryClass: com.acme.orders.OrderProcessor
    reads: {orders: {consumerGroup: order-processor-group}}
    writes: {order-totals: {deliveryGuarantee: exactly-once}}
    flinkConfiguration: {execution.checkpointing.interval: 60s}
`,
  'environments/dev/pipelines/order-processor/placement.yaml': 'release: next\n',
};

/** The complete example, order-processor released as 1.4.0 and promoted to prod. */
export const EXAMPLE: Texts = {
  ...released(declared, 'order-processor', '1.4.0'),
  'environments/staging/pipelines/order-processor/placement.yaml': 'release: 1.4.0\n',
  'environments/prod/pipelines/order-processor/placement.yaml':
    'release: 1.4.0\njobs:\n  order-processor: {parallelism: 20, taskManager: {memory: 4096m, cpu: 2}}\n',
};

const PAYMENTS = `pipeline: payments
team: payments
topics:
  payments: {partitions: 6, topicName: shop.payments, config: {retention.ms: 9223372036854775807}}
  chargebacks: {partitions: 1, managed: false}
  refunds: {partitions: 3}
externalTopics:
  customers: {topicName: cdc.customers, kafka: legacy}
  facts: {kafka: analytics}
users:
  payments-app: {quotas: {producerByteRate: 1048576, requestPercentage: 55}}
  payments-app-old: {quotas: {}}
  console:
    reads: {payments: {consumerGroup: console}}
    writes: {refunds: {transactionalIdPrefix: console.}}
  payments-analytics: {kafka: analytics}
  payments-legacy: {kafka: legacy}
jobs:
  payments:
    user: payments-app
    flinkVersion: v2_2
    artifact:
      image: ghcr.io/acme/payments@sha256:${DIGEST}
      jar: {uri: https://artifacts.acme.example/payments-2.0.0.jar, sha256: ${DIGEST}}
      entryClass: com.acme.Payments
    args: [--currency, EUR]
    reads: {orders: {}, customers: {user: payments-legacy}, payments: {}}
    writes: {payments: {}, refunds: {deliveryGuarantee: at-least-once}, facts: {user: payments-analytics}}
  archive:
    user: payments-app-old
    flinkVersion: v1_19
    artifact:
      image: ghcr.io/acme/archive@sha256:${DIGEST}
      jar: {uri: https://artifacts.acme.example/archive-2.0.0.jar, sha256: ${DIGEST}}
    reads: {payments: {consumerGroup: archive}}
    upgradeMode: last-state
    maxParallelism: 240
  switched-off:
    user: payments-app
    flinkVersion: v2_2
    artifact:
      image: ghcr.io/acme/switched-off@sha256:${DIGEST}
      jar: {uri: https://artifacts.acme.example/switched-off-2.0.0.jar, sha256: ${DIGEST}}
  not-built-yet: {user: payments-app, flinkVersion: v2_2}
`;

const FURTHER_KAFKAS = `kafkaClusters:
  analytics:
    cluster: analytics
    namespace: kafka-analytics
    brokers: {replicas: 3, storage: {class: fast-ssd, size: 1Ti}}
externalKafka:
  legacy:
    bootstrapServers: [b-1.legacy.acme.example:9096, b-2.legacy.acme.example:9096]
    saslMechanism: PLAIN
    certificate: own
    credentials: {secretStore: {name: vault}, path: streaming/legacy}
`;

const PAYMENTS_PLACED = `jobs:
  payments:
    state: suspended
    parallelism: 6
    restartNonce: 3
    savepointRedeployNonce: 1
    args: [--currency, "1e3"]
    autoscaler: {minParallelism: 2, maxParallelism: 12, utilization: 0.8, stabilizationInterval: 1m, metricsWindow: 5m}
    flinkConfiguration: {execution.checkpointing.interval: 10s}
    jobManager: {memory: 1g, cpu: 0.5}
    slots: 2
  switched-off: {enabled: false}
topics:
  payments: {partitions: 12, config: {retention.ms: "3600000", cleanup.policy: "compact,delete"}}
`;

const patches = (folder: string): Texts => ({
  [`${folder}/patches/10-object.yaml`]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: "1"}\n',
  [`${folder}/patches/20-operations.yaml`]:
    'target: {group: kafka.strimzi.io, version: v1, kind: KafkaTopic, name: order.totals, namespace: kafka}\npatch:\n  - op: add\n    path: /metadata/annotations/x\n    value: "0755"\n  - {op: add, path: /spec/y, value: "12:30"}\n',
});

/** Two clusters and all that can be said of them, and what Prometheus is told. */
const KAFKA_WITH_EVERYTHING = `observability:
  labels: {release: kube-prometheus-stack}
  namespace: observability
  runbooks: https://runbooks.acme.example/streaming/
kafka:
  cluster: kafka-cluster
  namespace: kafka
  version: "4.3.0"
  metadataVersion: "4.2-IV1"
  controllers:
    replicas: 3
    storage: {class: fast-ssd, size: 20Gi}
    resources: {memory: 2Gi, cpu: 500m}
    jvm: {heap: 1Gi}
  brokers:
    replicas: 3
    storage: {class: fast-ssd, size: 100Gi}
    resources: {memory: 8Gi, cpu: "2"}
    jvm: {heap: 4G}
  rack: topology.kubernetes.io/zone
  listeners:
    gateway:
      port: 9094
      type: tlsroute
      bootstrapHost: kafka.acme.example
      brokerHost: broker-{nodeId}.kafka.acme.example
      gateway: {name: kafka, namespace: gateways}
    balancer:
      port: 9095
      type: loadbalancer
      bootstrapHost: kafka.lb.acme.example
      brokerHost: b-{nodeId}.lb.acme.example
      annotations: {example.com/scheme: "internal", example.com/host: "b-{nodeId}.lb.acme.example"}
    inside:
      port: 9096
      type: internal
      networkPolicyPeers:
        - podSelector: {matchLabels: {app: console}}
        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}
          podSelector: {matchLabels: {kafka: "yes"}}
  networkPolicyPeers:
    - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}
      podSelector: {matchLabels: {kafka: "yes"}}
    - podSelector: {matchLabels: {app: console}}
  topicDefaults: {replicas: 3}
  config: {min.insync.replicas: 1, delete.topic.enable: false, log.retention.bytes: 9223372036854775807, message.max.bytes: "1048588"}
  superUsers: [emergency]
  cruiseControl: {resources: {memory: 1Gi, cpu: 500m}, replicationThrottle: 50000000}
  quotas: {producerByteRate: 10485760, consumerByteRate: 20971520, minAvailableRatioPerVolume: 0.1, excludedPrincipals: [emergency]}
  certificates: {clusterCa: {validityDays: 730, renewalDays: 60}, clientsCa: {renewalDays: 45}}
  maintenanceTimeWindows: ["* * 2-4 ? * SUN *"]
  resources: {topicOperator: {memory: 512Mi, cpu: 100m}, userOperator: {memory: 256Mi, cpu: 0.1}}
`;

const MORE_OF_ANALYTICS = `size: 1Ti}}
    rack: topology.kubernetes.io/zone
    cruiseControl: {autoRebalance: false}
    quotas: {minAvailableBytesPerVolume: 1073741824}
`;

/** The example, and beside it whatever else a declaration can say: every template is filled, and every branch of it. */
export const EVERYTHING: Texts = {
  ...released({ ...EXAMPLE, 'apps/payments/pipeline.yaml': PAYMENTS }, 'payments', '2.0.0-rc.1'),
  'millrace.yaml': `repository: {url: git@git.acme.example:platform/streaming.git, branch: release/2026, path: platform/streaming}
argocd: {namespace: gitops}
owners: ['@acme/platform']
teams:
  orders: {namespace: flink, owners: ['@acme/orders']}
  payments: {namespace: flink-payments}
  idle: {namespace: idle}
`,
  'environments/dev/environment.yaml': environment(
    'dev',
    `operators:
  cert-manager: {replicas: 2, resources: {memory: 256Mi, cpu: 0.1}, chart: registry.acme.example/charts, crds: https://git.acme.example/mirrors/cert-manager.git}
  external-secrets: {replicas: 2, resources: {memory: 256Mi, cpu: 0.1}, chart: https://charts.acme.example/external-secrets}
  strimzi: {replicas: 2, resources: {memory: 512Mi, cpu: 0.2}, watch: cluster, namespace: strimzi}
  flink:
    replicas: 2
    resources: {memory: 1Gi, cpu: 0.5}
    watch: cluster
    webhook: false
    artifacts: {schemes: [https, s3], privateHosts: true}
observability: {namespace: prometheus}
kafka:
  cluster: kafka-cluster
  namespace: kafka
  version: 4.3.0
  metadataVersion: 4.2-IV1
  brokers: {replicas: 2, storage: {class: standard, size: 10Gi}, resources: {memory: 8Gi, cpu: 1.5}}
  topicDefaults: {replicas: 2, config: {min.insync.replicas: 1, segment.bytes: 1073741824}}
  cruiseControl: {autoRebalance: false}
${FURTHER_KAFKAS}schemaRegistry: {url: https://registry.acme.example, credentials: {secret: registry}}
flink:
  mode: session
  storage: s3://my-bucket/dev
  namespaces: {payments: pay-dev}
  sessions:
    orders-session: {team: orders, flinkVersion: v2_2, flinkConfiguration: {jobmanager.scheduler: adaptive, restart-strategy.type: fixed-delay}}
    orders-old: {team: orders, flinkVersion: v1_19}
    payments-large: {team: payments, flinkVersion: v2_2, slots: 8}
    payments-session: {team: payments, flinkVersion: v2_2, jobManager: {memory: 1g, cpu: 2}, taskManager: {memory: 5g, cpu: 0.5}}
    payments-old: {team: payments, flinkVersion: v1_19}
  identities:
    payments: {serviceAccountAnnotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/payments"}, podLabels: {team: "yes"}}
  flinkConfiguration: {s3.endpoint: "http://minio.storage.svc:9000", execution.checkpointing.interval: 30s, restart-strategy.type: failure-rate}
  egress:
    - {cidr: 10.20.0.0/16, ports: [5432, 443]}
`,
  ),
  'environments/test/environment.yaml': environment(
    'test',
    `promotesFrom: dev
schemaRegistry: {url: https://registry.acme.example}
flink: {mode: session, storage: s3://my-bucket/test, sessions: {orders-session: {team: orders, flinkVersion: v2_2}}}
`,
  ),
  'environments/prod/environment.yaml': application('prod', 'staging').concat(`schemaRegistry: {url: https://registry.acme.example}
owners: ['@acme/sre', oncall@acme.example]
argocd:
  automated: false
  leaving: {kafkaClusters: {kafka-old: kafka-old}, operators: {strimzi: kafka-operator}, teams: {orders: orders-old, retired: flink-retired}}
  syncWindows:
    - {kind: deny, schedule: 0 16 * * 5, duration: 64h, timeZone: Europe/Berlin, manualSync: true}
    - {kind: deny, schedule: 0 0 24 12 *, duration: 72h, applies: pipelines}
`),
  'environments/dev/pipelines/payments/placement.yaml': `release: next\n${PAYMENTS_PLACED.replace(
    '    jobManager: {memory: 1g, cpu: 0.5}\n    slots: 2\n',
    '    session: payments-session\n    initialSavepointPath: s3://my-bucket/dev/payments/payments/savepoints/savepoint-1\n',
  )}`,
  'environments/staging/environment.yaml': application('staging', 'dev')
    .replace('https://kubernetes.default.svc}', 'https://10.0.0.1:6443, name: shared, operators: provided}')
    .replace(
      'storage: s3://my-bucket/staging}',
      'storage: abfss://flink@account.example, identities: {payments: {podLabels: {azure.workload.identity/use: "true"}}}, periodicSavepoints: {interval: 6h}}',
    )
    .replace(/kafka:\n[^]*?(?=flink:)/, KAFKA_WITH_EVERYTHING)
    .concat(FURTHER_KAFKAS.replace('size: 1Ti}}\n', MORE_OF_ANALYTICS))
    .concat('credentials: {vault: {secretStore: {name: vault}, path: streaming/staging}}\n')
    .concat('schemaRegistry: {url: https://registry.acme.example, credentials: {secretStore: {kind: SecretStore, name: keys}, path: registry}}\n'),
  'environments/staging/pipelines/payments/placement.yaml': `release: 2.0.0-rc.1\n${PAYMENTS_PLACED.replace(
    '    slots: 2\n',
    `    slots: 2
    initialSavepointPath: abfss://flink@account.example/payments/payments/savepoints/savepoint-1
    env: {LOG_LEVEL: "yes", JAVA_OPTS: "-Da=b c"}
    secrets: {API_TOKEN: {secret: payments-api, key: token}}
`,
  )}`,
  ...patches('environments/dev/kafka'),
  ...patches('environments/dev/operators/strimzi'),
  ...patches('environments/staging/pipelines/payments/kafka'),
  ...patches('environments/staging/pipelines/payments/flink'),
};

/** The texts, and those that a release of a pipeline freezes. */
export function released(texts: Texts, pipeline: string, version: string): Texts {
  const workspace = workspaceOf(texts);
  const next = workspace.pipelines.get(pipeline)?.next;
  if (next === undefined) throw new Error(`there is no pipeline ${pipeline}`);
  const folder = releaseFolder(pipeline, version);
  const { files, layout, foreignTopics, checksums } = releaseFiles(workspace, next, version);
  const record = { release: version, pipeline, layout, foreignTopics, files: checksums };
  return {
    ...texts,
    ...Object.fromEntries([...files].map(([path, text]) => [`${folder}/${path}`, text])),
    [`${folder}/release.yaml`]: writeYaml(record),
  };
}

interface Sources {
  next: Declared<Pipeline> | undefined;
  readonly releases: Map<string, FrozenRelease>;
}

/** What is declared in some files, in the order in which they stand there. Throws what is wrong with them. */
export function workspaceOf(texts: Texts): Workspace {
  const environments = new Map<string, Declared<Environment>>();
  const placements = new Map<string, Map<string, Declared<Placement>>>();
  const pipelines = new Map<string, Sources>();
  const patchesOf = new Map<string, PatchFile[]>();
  const sources = (pipeline: string): Sources => getOrAdd(pipelines, pipeline, (): Sources => ({ next: undefined, releases: new Map() }));

  for (const [path, text] of Object.entries(texts)) {
    const [top = '', name = '', section = '', pipeline = ''] = path.split('/');
    if (top === 'environments') getOrAdd(placements, name, () => new Map());
    if (path.includes('/patches/')) getOrAdd(patchesOf, path.slice(0, path.indexOf('/patches/')), () => []).push({ file: path, text });
    else if (path.endsWith('/environment.yaml')) environments.set(name, read(path, text, environmentSchema));
    else if (path.endsWith('/placement.yaml')) getOrAdd(placements, name, () => new Map()).set(pipeline, read(path, text, placementSchema));
    else if (path === `apps/${name}/pipeline.yaml`) sources(name).next = read(path, text, pipelineSchema);
    else if (section === 'releases' && path.endsWith('/release.yaml')) {
      const declaration = read(path, texts[path.replace('release.yaml', 'pipeline.yaml')] ?? '', pipelineSchema);
      sources(name).releases.set(pipeline, { declaration, record: read(path, text, releaseSchema) });
    }
  }
  return {
    millrace: read('millrace.yaml', texts['millrace.yaml'] ?? '', millraceSchema),
    environments,
    placements,
    pipelines: new Map(
      [...pipelines].flatMap(([name, { next, releases }]): [string, PipelineSources][] =>
        next === undefined ? [] : [[name, { next, releases, versions: [...releases.keys()] }]],
      ),
    ),
    patches: patchesOf,
  };
}

function read<S extends z.ZodType>(file: string, text: string, schema: S): Declared<z.output<S>> {
  const reading = readDeclared(file, text, schema);
  if (reading.kind === 'wrong') throw new Error(reading.problems.map(formatProblem).join('\n'));
  return reading.declared;
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const there = map.get(key);
  if (there !== undefined) return there;
  const made = make();
  map.set(key, made);
  return made;
}

/** The documents of a YAML text. Throws where it is none. */
export function documentsOf(text: string): readonly unknown[] {
  return parseAllDocuments(text).map((document) => {
    const [wrong] = [...document.errors, ...document.warnings];
    if (wrong !== undefined) throw wrong;
    const value: unknown = document.toJS();
    return value;
  });
}

/** What stands at a path in a parsed document; undefined where nothing does. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value;
  for (const step of path) {
    if (Array.isArray(here)) {
      const list: readonly unknown[] = here;
      here = list[Number(step)];
    } else here = isRecord(here) && Object.hasOwn(here, step) ? here[step] : undefined;
  }
  return here;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
