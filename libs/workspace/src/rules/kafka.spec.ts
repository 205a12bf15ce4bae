import { describe, expect, it } from 'vitest';

import { isEmpty } from '../changes.js';
import { memoryFiles } from '../files/memory.js';
import { after, EXAMPLE, repository, type Repository } from '../testing.js';
import { refusalOf, replaced, textAt } from '../repository.fixture.js';
import { planSync } from '../run-command.js';

const PROD = 'environments/prod/environment.yaml';
const DEV = 'environments/dev/environment.yaml';
const example = repository(EXAMPLE.slice(0, 8));

/** The example with more said of the Kafka of prod, which has three brokers and three controllers. */
const saying = (yaml: string): Repository => replaced(example, PROD, 'kafka:\n', `kafka:\n${yaml.replace(/^(?=.)/gm, '  ')}`);
const listener = (yaml: string): Repository => saying(`listeners:\n  outside: ${yaml}\n`);
const resources = (yaml: string): Repository => replaced(example, PROD, '  brokers:\n', `  brokers:\n${yaml.replace(/^(?=.)/gm, '    ')}`);

interface Bad {
  readonly what: string;
  readonly files: Repository;
  readonly file?: string;
  /** The text that the problem stands at: its line is the problem's. */
  readonly at: string;
  readonly message: string;
  readonly remedy: string;
}

const ROUTE = 'port: 9094';

const refused: readonly Bad[] = [
  {
    what: 'R4: an even number of controllers',
    files: replaced(example, PROD, 'controllers:\n    replicas: 3', 'controllers:\n    replicas: 4'),
    at: 'replicas: 4',
    message: '4 controllers survive no more failures than 3',
    remedy: 'Choose an odd number',
  },
  {
    what: 'R6: more copies than brokers',
    files: replaced(example, PROD, 'topicDefaults:\n    replicas: 3', 'topicDefaults:\n    replicas: 5'),
    at: 'replicas: 5',
    message: 'topics are to have 5 replicas on 3 brokers',
    remedy: 'Lower replicas, or add brokers.',
  },
  {
    what: 'R6: a default of more copies than brokers',
    files: saying('config: {default.replication.factor: 4}\n'),
    at: 'config:',
    message: 'default.replication.factor is 4, and there are 3 brokers',
    remedy: 'Lower it, or add brokers (R6).',
  },
  {
    what: 'R6: every copy in sync of topics that have fewer than the brokers would make',
    files: replaced(saying('config: {min.insync.replicas: 2}\n'), PROD, 'topicDefaults:\n    replicas: 3', 'topicDefaults:\n    replicas: 2'),
    at: 'config:',
    message: 'min.insync.replicas is 2 of 2 copies (topicDefaults.replicas)',
    remedy: 'Lower it to 1 (R6).',
  },
  {
    what: 'R6: every copy in sync, so that no broker can be restarted',
    files: saying('config: {min.insync.replicas: 3}\n'),
    at: 'config:',
    message: 'min.insync.replicas is 3 of 3 copies (default.replication.factor)',
    remedy: 'Lower it to 2 (R6).',
  },
  {
    what: 'R6: a number that is none',
    files: saying('config: {min.insync.replicas: "two"}\n'),
    at: 'config:',
    message: 'min.insync.replicas is a number, and this is "two"',
    remedy: 'Write a whole number, 1 or more.',
  },
  {
    what: 'R8: two clusters in one namespace',
    files: replaced(
      example,
      PROD,
      'kafka:\n',
      'kafkaClusters:\n  analytics: {cluster: analytics, namespace: kafka, brokers: {replicas: 1, storage: {class: a, size: 1Gi}}}\nkafka:\n',
    ),
    at: 'analytics: {cluster',
    message: 'the Kafkas kafka-cluster and analytics would share the namespace kafka',
    remedy: 'Give each a namespace of its own (R8).',
  },
  {
    what: "R8: a further cluster in a team's namespace",
    files: replaced(
      example,
      PROD,
      'kafka:\n',
      'kafkaClusters:\n  analytics: {cluster: analytics, namespace: flink, brokers: {replicas: 1, storage: {class: a, size: 1Gi}}}\nkafka:\n',
    ),
    at: 'analytics: {cluster',
    message: "a team's jobs would run in Kafka's namespace flink",
    remedy: 'Give Kafka or the team another namespace.',
  },
  {
    what: 'R10: Cruise Control for one broker',
    files: replaced(example, DEV, 'kafka:\n', 'kafka:\n  cruiseControl: {}\n'),
    file: DEV,
    at: 'cruiseControl',
    message: 'Cruise Control needs two brokers, and there is one',
    remedy: 'Remove cruiseControl, or raise brokers.replicas (R10).',
  },
  {
    what: 'R11: topics that nobody declared',
    files: saying('config: {auto.create.topics.enable: true}\n'),
    at: 'config:',
    message: 'with auto.create.topics.enable a typing error in a client makes a topic',
    remedy: 'Remove it, and declare the topics',
  },
  ...[9093, 9404, 9999].map((port) => ({
    what: `R13: a listener on the port ${port}, which is taken`,
    files: listener(`{port: ${port}, type: internal}`),
    at: 'outside:',
    message: `the port ${port} is `,
    remedy: 'Choose another from 9092 on, for example 9094.',
  })),
  {
    what: 'R13: two listeners on one port',
    files: saying('listeners:\n  one: {port: 9094, type: internal}\n  two: {port: 9094, type: internal}\n'),
    at: 'two:',
    message: 'the port 9094 is of the listener one',
    remedy: 'Choose another',
  },
  {
    what: 'R13: a tlsroute without its gateway',
    files: listener(`{${ROUTE}, type: tlsroute, bootstrapHost: k.acme.example, brokerHost: "b-{nodeId}.acme.example"}`),
    at: 'outside:',
    message: 'a tlsroute attaches to a Gateway, and gateway is missing',
    remedy: 'Write gateway: {name: …, namespace: …}',
  },
  {
    what: 'R13: a route without the host name of the bootstrap service',
    files: listener(`{${ROUTE}, type: route, brokerHost: "b-{nodeId}.acme.example"}`),
    at: 'outside:',
    message: 'a route is made for a host name, and bootstrapHost is missing',
    remedy: 'Write bootstrapHost',
  },
  {
    what: 'R13: a route without host names of the brokers',
    files: listener(`{${ROUTE}, type: route, bootstrapHost: k.acme.example}`),
    at: 'outside:',
    message: 'a route is made for the host name of each broker, and brokerHost is missing',
    remedy: 'Write brokerHost: "broker-{nodeId}',
  },
  {
    what: 'R13: one host name for all brokers',
    files: listener(`{${ROUTE}, type: nodeport, brokerHost: kafka.acme.example}`),
    at: 'outside:',
    message: 'every broker would be called kafka.acme.example',
    remedy: 'broker-{nodeId}.kafka.acme.example',
  },
  {
    what: 'R13: a placeholder that Strimzi is not given',
    files: listener(`{${ROUTE}, type: nodeport, brokerHost: "{rack}-{nodeId}.acme.example"}`),
    at: 'outside:',
    message: '{rack}-{nodeId}.acme.example has a placeholder that is not {nodeId}',
    remedy: '{nodeId} is the only one.',
  },
  {
    what: "R13: a broker's number in the name of the bootstrap service",
    files: listener(`{${ROUTE}, type: nodeport, bootstrapHost: "b-{nodeId}.acme.example"}`),
    at: 'outside:',
    message: 'b-{nodeId}.acme.example has a placeholder, and there is one bootstrap service',
    remedy: 'Write the host name as it is.',
  },
  {
    what: 'R13: a gateway for what attaches to none',
    files: listener(`{${ROUTE}, type: loadbalancer, gateway: {name: a, namespace: b}}`),
    at: 'outside:',
    message: 'a listener of type loadbalancer attaches to no Gateway',
    remedy: 'Remove gateway, or write type: tlsroute.',
  },
  {
    what: 'R13: annotations on an internal listener',
    files: listener(`{${ROUTE}, type: internal, annotations: {a.example/b: c}}`),
    at: 'outside:',
    message: 'Strimzi refuses annotations on a listener of type internal',
    remedy: 'Remove them, or write type: cluster-ip.',
  },
  {
    what: 'R14: a setting that Strimzi leaves out',
    files: saying('config: {log.dirs: /data}\n'),
    at: 'config:',
    message: 'Strimzi decides log.dirs itself and leaves this one out, without a word in the status',
    remedy: 'Remove it: storage decides (R14).',
  },
  {
    what: 'R14: super users among the settings',
    files: saying('config: {super.users: "User:admin"}\n'),
    at: 'config:',
    message: 'Strimzi decides super.users itself',
    remedy: 'Remove it, and write superUsers (R14).',
  },
  {
    what: 'R14: a setting of a listener that is not there',
    files: saying('config: {listener.name.outside-9094.max.connections: 100}\n'),
    at: 'config:',
    message: 'Strimzi decides listener.name.outside-9094.max.connections itself',
    remedy: 'set the listener under listeners (R14).',
  },
  {
    what: 'R15: one limit in two ways',
    files: saying('quotas: {minAvailableBytesPerVolume: 1024, minAvailableRatioPerVolume: 0.1}\n'),
    at: 'quotas:',
    message: 'minAvailableBytesPerVolume and minAvailableRatioPerVolume say the same in two ways',
    remedy: 'Keep one of the two (R15).',
  },
  {
    what: 'R17: a heap that does not fit',
    files: resources('resources: {memory: 4Gi, cpu: 1}\njvm: {heap: 8Gi}\n'),
    at: 'jvm:',
    message: 'a heap of 8Gi does not fit into 4Gi of memory: Kubernetes would kill the pod',
    remedy: 'Lower the heap',
  },
  {
    what: 'R17: a heap that leaves nothing to the page cache',
    files: resources('resources: {memory: 8Gi, cpu: 1}\njvm: {heap: 7G}\n'),
    at: 'jvm:',
    message: 'a heap of 7G leaves less than a quarter of 8Gi for the page cache',
    remedy: 'Lower the heap',
  },
  {
    what: 'R18: a certificate that is always due',
    files: saying('certificates: {clientsCa: {validityDays: 30}}\n'),
    at: 'certificates:',
    message: 'a certificate that is valid for 30 days would be renewed 30 days before its end',
    remedy: 'Write fewer renewalDays than validityDays (R18).',
  },
  {
    what: 'R18: a window that Quartz cannot read',
    files: saying('maintenanceTimeWindows: ["* * 2-4 * * SUN *"]\n'),
    at: 'maintenanceTimeWindows:',
    message: 'Quartz cannot read this: of day of month and day of week, one must be "?" and the other not',
    remedy: '',
  },
  {
    what: 'R79: peers for clients from outside, who are none',
    files: listener(`{${ROUTE}, type: loadbalancer, networkPolicyPeers: [{podSelector: {matchLabels: {a: b}}}]}`),
    at: 'outside:',
    message: 'clients of a loadbalancer come from outside the cluster, where no peer is: none could connect',
    remedy: 'Remove networkPolicyPeers',
  },
  {
    what: 'R79: a peer that is nobody',
    files: saying('networkPolicyPeers: [{}]\n'),
    at: 'networkPolicyPeers:',
    message: 'a peer has a namespaceSelector, a podSelector, or both',
    remedy: '',
  },
  {
    what: 'R79: a selector that is everybody',
    files: saying('networkPolicyPeers: [{namespaceSelector: {matchLabels: {}}}]\n'),
    at: 'networkPolicyPeers:',
    message: 'a selector without labels fits everything',
    remedy: '',
  },
  {
    what: "R88: transactions shorter than a sink's",
    files: saying('config: {transaction.max.timeout.ms: 900000}\n'),
    at: 'config:',
    message: "900000 ms are less than the 3600000 that Flink's sinks ask for",
    remedy: 'Write 3600000 or more, or remove it (R88).',
  },
];

describe('a Kafka cluster', () => {
  it.each(refused)('is refused, with place and remedy: $what', ({ files, file = PROD, at, message, remedy }) => {
    const { kind, problems } = refusalOf(() => planSync(memoryFiles(files)));
    expect(kind).toBe('refused');
    const line = textAt(files, file).split(at, 1)[0]?.split('\n').length;
    const found = problems.filter((problem) => problem.file === file && problem.position?.line === line && problem.message.includes(message));
    expect(found, JSON.stringify(problems)).toHaveLength(1);
    expect(found[0]?.remedy).toContain(remedy);
    expect(problems).toHaveLength(1);
  });

  it.each([
    ['R6: one copy in sync of three', saying('config: {min.insync.replicas: 1}\n')],
    ['R14: what Strimzi takes although it looks like its own', saying('config: {ssl.cipher.suites: TLS_AES_256_GCM_SHA384}\n')],
    [
      'R14: a setting of a listener that is there',
      saying('listeners: {outside: {port: 9094, type: internal}}\nconfig: {listener.name.outside-9094.max.connections: 100}\n'),
    ],
    ['R17: a heap of three quarters', resources('resources: {memory: 8Gi, cpu: 1}\njvm: {heap: 6Gi}\n')],
    ['R17: a heap with nothing said about memory', resources('jvm: {heap: 6Gi}\n')],
    ['R88: longer transactions', saying('config: {transaction.max.timeout.ms: 7200000}\n')],
  ])('may have %s', (_what, files) => {
    expect(planSync(memoryFiles(files)).changes.refused).toEqual([]);
  });

  it('R8: of one environment may not have the namespace of another one in the same cluster, further clusters included', () => {
    const shared = repository(
      [
        [
          'environment',
          {
            name: 'test',
            promotesFrom: 'dev',
            mode: 'application',
            storage: 's3://my-bucket/test',
            server: 'https://k8s.acme.example:6443',
            operators: 'provided',
          },
        ],
        ['kafka-cluster', { name: 'kafka', environment: 'test', namespace: 'kafka-test', storageClass: 'a', storageSize: '1Gi' }],
      ],
      example,
    );
    const path = 'environments/test/environment.yaml';
    const there = replaced(shared, PROD, 'https://kubernetes.default.svc', 'https://k8s.acme.example:6443');
    const apart = replaced(there, path, '  mode: application\n', '  mode: application\n  namespaces: {orders: flink-test}\n');
    expect(isEmpty(planSync(memoryFiles(apart)).changes)).toBe(false);
    const further = after(apart, 'kafka-cluster', {
      name: 'analytics',
      as: 'analytics',
      environment: 'prod',
      storageClass: 'a',
      storageSize: '1Gi',
    });
    const both = replaced(further, PROD, 'namespace: kafka-analytics', 'namespace: kafka-test');
    expect(refusalOf(() => planSync(memoryFiles(both))).message).toContain('share the cluster https://k8s.acme.example:6443 and the namespace kafka-test');
  });
});
