import { environmentFile, MILLRACE_FILE } from '@millrace/model';

/** A value, and where in a declared file it stands. */
export type Setting = readonly [at: readonly string[], value: unknown];

const operators: readonly Setting[] = ['cert-manager', 'external-secrets', 'strimzi', 'flink'].map((name) => [
  ['operators', name],
  { replicas: 2, resources: { memory: '512Mi', cpu: '500m' } },
]);

const everywhere: readonly Setting[] = [
  ...operators,
  [['observability'], { labels: { release: 'kube-prometheus-stack' }, runbooks: 'https://runbooks.acme.example/streaming/' }],
  [['schemaRegistry'], { url: 'https://registry.acme.example', credentials: { secretStore: { name: 'vault' }, path: 'streaming/registry' } }],
  [['argocd', 'syncWindows'], [{ kind: 'deny', schedule: '0 16 * * 5', duration: '64h', timeZone: 'Europe/Berlin', manualSync: true }]],
  [['flink', 'periodicSavepoints'], { interval: '6h' }],
  [['flink', 'egress'], [{ cidr: '10.20.0.0/16', ports: [443] }]],
];

const broad: readonly Setting[] = [
  [['kafka', 'rack'], 'topology.kubernetes.io/zone'],
  [['kafka', 'cruiseControl'], { resources: { memory: '1Gi', cpu: '500m' } }],
  [['kafka', 'brokers', 'resources'], { memory: '8Gi', cpu: '2' }],
  [['kafka', 'quotas'], { producerByteRate: 10_485_760, consumerByteRate: 20_971_520 }],
  [['kafka', 'certificates'], { clusterCa: { validityDays: 730, renewalDays: 60 } }],
  [['kafka', 'maintenanceTimeWindows'], ['* * 2-4 ? * SUN *']],
  [
    ['kafka', 'listeners', 'balancer'],
    {
      port: 9095,
      type: 'loadbalancer',
      bootstrapHost: 'kafka.acme.example',
      brokerHost: 'b-{nodeId}.kafka.acme.example',
    },
  ],
  [
    ['kafkaClusters', 'analytics'],
    { cluster: 'analytics', namespace: 'kafka-analytics', brokers: { replicas: 3, storage: { class: 'fast-ssd', size: '1Ti' } }, cruiseControl: {} },
  ],
];

/** What each declared file says beyond the complete example: all that an environment can switch on, dev's one broker apart. */
export const WHOLE_PLATFORM: readonly { readonly path: string; readonly settings: readonly Setting[] }[] = [
  { path: MILLRACE_FILE, settings: [[['owners'], ['@acme/platform']]] },
  { path: environmentFile('dev'), settings: everywhere },
  { path: environmentFile('staging'), settings: [...everywhere, ...broad] },
  { path: environmentFile('prod'), settings: [...everywhere, ...broad] },
];
