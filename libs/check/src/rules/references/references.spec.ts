import { describe, expect, it } from 'vitest';

import type { Rule } from '../../rule.js';
import { readManifests } from '../../sources/read-manifests.js';
import type { Subject } from '../../subject.js';
import { Universe } from '../../universe.js';
import { referenceRules } from './index.js';

/** Files by path; those under `overlays/<name>/` are taken for what the Kustomize root of that folder builds to. */
function subjectsOf(files: Readonly<Record<string, string>>, scope = ''): readonly Subject[] {
  return Object.entries(files).flatMap(([file, text]) => {
    const reading = readManifests(file, text, scope);
    if (reading.kind !== 'manifests') throw new Error(`${file}: ${JSON.stringify(reading)}`);
    const overlay = /^overlays\/[^/]+/.exec(file)?.[0];
    return overlay === undefined
      ? reading.subjects
      : reading.subjects.map((subject, index): Subject => ({ ...subject, origin: { kind: 'overlay', overlay, index } }));
  });
}

function found(subjects: readonly Subject[], id: string, complete: readonly string[] = []): readonly string[] {
  const rule: Rule | undefined = referenceRules.find((each) => each.id === id);
  if (rule?.reach !== 'references' && rule?.reach !== 'environments') throw new Error(id);
  const universe = new Universe(subjects, new Set(complete));
  return subjects
    .filter(({ groupKind }) => rule.on === 'any' || rule.on.includes(groupKind))
    .flatMap((subject) => [...rule.check(subject, universe)].map(({ path, message }) => `${path.join('.')}: ${message}`));
}

const said = (id: string, files: Readonly<Record<string, string>> | string): readonly string[] =>
  found(subjectsOf(typeof files === 'string' ? { 'all.yaml': files } : files), id);

const kafka = (spec = '{kafka: {}}', name = 'events', namespace = 'kafka'): string => `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: ${name}, namespace: ${namespace}}
spec: ${spec}
---`;
const pool = (replicas: number, roles = '[controller, broker]', cluster = 'events', namespace = 'kafka'): string => `
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: pool-${replicas}, namespace: ${namespace}, labels: {strimzi.io/cluster: ${cluster}}}
spec: {replicas: ${replicas}, roles: ${roles}}
---`;
const topic = (name: string, spec = '{}', metadata = ''): string => `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: ${name}, namespace: kafka, labels: {strimzi.io/cluster: events}${metadata}}
spec: ${spec}
---`;
const user = (spec: string, metadata = 'labels: {strimzi.io/cluster: events}'): string => `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: {name: enricher, namespace: kafka, ${metadata}}
spec: ${spec}
---`;
const reader = (reference: string, namespace = 'flink'): string => `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: enricher, namespace: ${namespace}}
spec: {podTemplate: {spec: {containers: [{name: flink-main-container, env: [{name: PASSWORD, valueFrom: {secretKeyRef: ${reference}}}]}]}}}
---`;

describe('a Kafka and its node pools', () => {
  it('finds a lone Kafka of the old API', () => {
    expect(said('references/node-pool', kafka('{kafka: {replicas: 3}}').replace('/v1', '/v1beta2'))).toHaveLength(1);
  });

  it('takes a pool of another file', () => {
    expect(said('references/node-pool', { 'kafka.yaml': kafka(), 'pools.yaml': pool(3) })).toEqual([]);
  });

  it('leaves a pool without label, or of a Kafka that is nowhere, to the rules about labels', () => {
    expect(said('references/node-pool', kafka() + pool(3, '[broker]', 'event'))).toEqual([]);
    expect(said('references/node-pool', kafka() + pool(3).replace(', labels: {strimzi.io/cluster: events}', ''))).toEqual([]);
  });

  it("finds that all pools of the namespace are another Kafka's", () => {
    expect(said('references/node-pool', kafka() + kafka('{}', 'billing') + pool(3, '[broker]', 'billing'))).toHaveLength(1);
  });

  it('does not count a pool without nodes', () => {
    expect(said('references/node-pool-roles', kafka() + pool(0, '[controller]') + pool(3, '[broker]'))).toEqual([
      'spec.kafka: no node pool of the Kafka events has a node with the role controller; there is pool-0, pool-3',
    ]);
  });

  it('says nothing of brokers that may be of another environment', () => {
    const small = { 'overlays/dev/all.yaml': kafka() + pool(1) + topic('orders', '{replicas: 1}') };
    const large = { 'overlays/prod/all.yaml': kafka() + pool(3) };
    expect(said('references/topic-replicas', { ...small, ...large, 'topics.yaml': topic('payments', '{replicas: 3}') })).toEqual([]);
    expect(said('references/topic-replicas', { ...small, 'topics.yaml': topic('payments', '{replicas: 3}') })).toHaveLength(1);
  });

  it('R6: lets a topic say itself how many replicas must be in sync, and asks nothing of a single one', () => {
    const two = kafka('{kafka: {config: {min.insync.replicas: 2}}}') + pool(3);
    const found = (spec: string) => said('references/topic-spare-replica', two + topic('payments', spec));
    expect(found('{replicas: 2}')).toEqual([
      'spec.replicas: the topic has 2 replicas, and the Kafka events asks for 2 in sync: no broker can be restarted without stopping writes',
    ]);
    expect(found('{replicas: 2, config: {min.insync.replicas: 1}}')).toEqual([]);
    expect(found('{replicas: 1}')).toEqual([]);
    expect(said('references/topic-spare-replica', kafka() + pool(3) + topic('payments', '{replicas: 2}'))).toEqual([]);
  });

  it('knows what Kafka takes where a factor is not set', () => {
    const config = '{kafka: {config: {transaction.state.log.replication.factor: "1"}}}';
    expect(said('references/broker-count', kafka(config) + pool(1))).toEqual([
      'spec.kafka.config.offsets.topic.replication.factor: offsets.topic.replication.factor is not set, so it is 3, but the node pools have one broker',
    ]);
    expect(said('references/broker-count', kafka() + pool(3))).toEqual([]);
  });

  it('lets Kafkas of several environments have one namespace', () => {
    const files = {
      'overlays/dev/k.yaml': kafka('{}', 'dev'),
      'overlays/prod/k.yaml': kafka('{}', 'prod'),
      'one.yaml': kafka('{}', 'one'),
      'two.yaml': kafka('{}', 'two'),
    };
    expect(said('references/one-kafka', files)).toEqual([]);
  });

  it('lets a rename keep both KafkaTopics while one is not managed', () => {
    const old = topic('orders', '{}', ', annotations: {strimzi.io/managed: "false"}');
    expect(said('references/topic-once', old + topic('orders-v2', '{topicName: orders}'))).toEqual([]);
    expect(said('references/topic-once', topic('orders') + topic('orders-v2', '{topicName: orders}'))).toHaveLength(1);
    expect(said('references/topic-once', topic('orders.eu') + topic('orders-eu', '{topicName: orders_eu}'))).toEqual([
      'spec.topicName: the topic orders_eu collides with orders.eu of the KafkaTopic orders.eu: Kafka takes "." and "_" for the same',
    ]);
  });
});

describe('users', () => {
  const acls = '{authentication: {type: scram-sha-512}, authorization: {type: simple, acls: []}}';

  it('without a label mean the Kafka of their namespace', () => {
    expect(said('references/user-authorization', kafka() + user(acls, 'labels: {}'))).toHaveLength(1);
    expect(said('references/user-authorization', kafka('{kafka: {}}', 'events', 'other') + user(acls, 'labels: {}'))).toEqual([]);
  });

  it('have ACLs where an authorizer of another make takes them', () => {
    expect(said('references/user-authorization', kafka('{kafka: {authorization: {type: custom, supportsAdminApi: true}}}') + user(acls))).toEqual([]);
    expect(said('references/user-authorization', kafka('{kafka: {authorization: {type: custom}}}') + user(acls))).toHaveLength(1);
  });

  it('are not told of a Kafka whose listeners ask nobody, or ask in a way of their own', () => {
    const listeners = (list: string): string => kafka(`{kafka: {listeners: ${list}}}`) + user(acls);
    expect(said('references/user-authentication', listeners('[{name: plain}]'))).toEqual([]);
    expect(said('references/user-authentication', listeners('[{name: a, authentication: {type: tls}}, {name: b, authentication: {type: custom}}]'))).toEqual(
      [],
    );
    expect(said('references/user-authentication', listeners('[{name: a, authentication: {type: tls}}, {name: b}]'))).toHaveLength(1);
  });

  it('need their operator, unless it runs alone', () => {
    const spec = '{entityOperator: {topicOperator: {}}}';
    expect(said('references/entity-operator', kafka(spec) + user(acls))).toEqual([
      'spec.entityOperator.userOperator: the Kafka events has no User Operator, which the KafkaUser enricher needs',
    ]);
    const alone = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: strimzi-user-operator, namespace: kafka}\n---';
    expect(said('references/entity-operator', kafka(spec) + user(acls) + alone)).toEqual([]);
  });
});

describe('Secrets', () => {
  const scram = user('{authentication: {type: scram-sha-512}}');
  const id = 'references/secret-namespace';

  it('of another namespace are found, in whatever file', () => {
    expect(said(id, { 'user.yaml': scram, 'job.yaml': reader('{name: enricher, key: password}') })).toEqual([
      'spec.podTemplate.spec.containers.0.env.0.valueFrom.secretKeyRef.name: Secret enricher is read in namespace flink, but made only in namespace kafka, by KafkaUser kafka/enricher',
    ]);
  });

  it('may be optional, be made by hand, or come by a copy', () => {
    expect(said(id, scram + reader('{name: enricher, key: password, optional: true}'))).toEqual([]);
    expect(said(id, scram + reader('{name: other, key: password}'))).toEqual([]);
    expect(said(id, scram + reader('{name: "${USER}", key: password}'))).toEqual([]);
    const copied =
      '{authentication: {type: scram-sha-512}, template: {secret: {metadata: {annotations: {reflector.v1.k8s.emberstack.com/reflection-allowed: "true"}}}}}';
    expect(said(id, user(copied) + reader('{name: enricher, key: password}'))).toEqual([]);
    const vault = 'apiVersion: example.dev/v1\nkind: VaultThing\nmetadata: {name: enricher, namespace: flink}\n---';
    expect(said(id, scram + vault + reader('{name: enricher, key: password}'))).toEqual([]);
  });

  it('have the prefix that the User Operator gives them', () => {
    const prefixed = kafka('{entityOperator: {userOperator: {secretPrefix: kafka-}}}');
    expect(said(id, prefixed + scram + reader('{name: enricher, key: password}'))).toEqual([]);
    expect(said(id, prefixed + scram + reader('{name: kafka-enricher, key: password}'))).toHaveLength(1);
  });

  it("of a Deployment are told only of Kafka's own, or of one built with it", () => {
    const deployment = (name: string): string =>
      `\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: shop}\nspec: {template: {spec: {containers: [{name: api, envFrom: [{secretRef: {name: ${name}}}]}]}}}\n---`;
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: database, namespace: billing}\n---';
    expect(said(id, { 'secret.yaml': secret, 'api.yaml': deployment('database') })).toEqual([]);
    expect(said(id, secret + deployment('database'))).toHaveLength(1);
    expect(said(id, { 'kafka.yaml': kafka(), 'api.yaml': deployment('events-cluster-ca-cert') })).toHaveLength(1);
  });

  it('of a user that signs in by itself are not made', () => {
    expect(said('references/secret-key', user('{authentication: {type: tls-external}}') + reader('{name: enricher, key: x}', 'kafka'))).toEqual([]);
    expect(said('references/secret-key', scram + reader('{name: enricher, key: user.crt}', 'kafka'))).toHaveLength(1);
    expect(said('references/secret-key', scram + reader('{name: enricher, key: sasl.jaas.config}', 'kafka'))).toEqual([]);
  });

  it('that are empty in Git have whatever keys others give them', () => {
    const empty = 'apiVersion: v1\nkind: Secret\nmetadata: {name: enricher, namespace: flink}\n---';
    expect(said('references/secret-key', empty + reader('{name: enricher, key: password}'))).toEqual([]);
  });
});

describe('what a name means', () => {
  const job = (deployment: string): string => `
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: totals, namespace: flink}
spec: {deploymentName: ${deployment}}
---`;
  const session = (name: string, namespace = 'flink'): string => `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: ${name}, namespace: ${namespace}}
spec: {}
---`;

  it('leaves a session cluster that is made elsewhere', () => {
    expect(said('references/session-cluster', { 'job.yaml': job('shared'), 'session.yaml': session('orders') })).toEqual([]);
    expect(said('references/session-cluster', job('order') + session('orders'))).toHaveLength(1);
    expect(said('references/session-cluster', { 'job.yaml': job('orders'), 'session.yaml': session('orders', 'other') })).toHaveLength(1);
  });

  it('knows a missing one in an environment that is known in full', () => {
    expect(found(subjectsOf({ 'job.yaml': job('orders') }, 'dev'), 'references/session-cluster', ['dev'])).toHaveLength(1);
  });

  it("leaves the service account that the operator's chart makes", () => {
    const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: flink, namespace: default}\n---';
    expect(said('references/service-account', account + session('orders').replace('spec: {}', 'spec: {serviceAccount: flink}'))).toEqual([]);
  });

  it('takes a binding of which one subject is there', () => {
    const binding = `
apiVersion: v1
kind: ServiceAccount
metadata: {name: reader, namespace: one}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: readers}
roleRef: {kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: reader, namespace: one}, {kind: ServiceAccount, name: reader, namespace: two}]
`;
    expect(said('references/role-binding', binding)).toEqual([]);
    expect(said('references/role-binding', binding.replace('subjects: [{kind: ServiceAccount, name: reader, namespace: one}, ', 'subjects: ['))).toHaveLength(
      1,
    );
  });
});

describe('storage', () => {
  const deployment = (name: string, settings: string, job = '{}'): string => `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: ${name}, namespace: flink}
spec: {flinkConfiguration: ${settings}, job: ${job}}
---`;
  const checkpoints = '{execution.checkpointing.dir: "s3://flink/checkpoints"}';

  it('of checkpoints may be shared in one environment, not by two', () => {
    const dev = subjectsOf({ 'dev.yaml': deployment('orders', checkpoints) + deployment('totals', checkpoints) }, 'dev');
    expect(found(dev, 'references/job-storage')).toEqual([]);
    const prod = subjectsOf({ 'prod.yaml': deployment('orders', '{state.checkpoints.dir: "s3a://flink/checkpoints/"}') }, 'prod');
    expect(found([...dev, ...prod], 'references/job-storage')).toHaveLength(3);
  });

  it('on a volume of the pod is its own', () => {
    const local = '{high-availability.storageDir: "file:///flink/ha"}';
    expect(said('references/job-storage', deployment('orders', local) + deployment('orders', local).replace('namespace: flink', 'namespace: other'))).toEqual(
      [],
    );
  });

  it('of another environment is no place to start from', () => {
    const dev = subjectsOf({ 'dev.yaml': deployment('orders', '{execution.checkpointing.savepoint-dir: "s3://flink/dev"}') }, 'dev');
    const prod = subjectsOf(
      {
        'prod.yaml': deployment('orders', '{execution.checkpointing.savepoint-dir: "s3://flink/prod"}', '{initialSavepointPath: "s3://flink/dev/savepoint-1"}'),
      },
      'prod',
    );
    expect(found([...dev, ...prod], 'references/job-storage')).toEqual([
      'spec.job.initialSavepointPath: the job starts from s3://flink/dev/savepoint-1, which belongs to FlinkDeployment flink/orders of dev',
    ]);
  });
});

describe('waves', () => {
  const wave = (number: string): string => `, annotations: {argocd.argoproj.io/sync-wave: "${number}"}`;

  it('of namespaces do not matter: Argo CD makes them first', () => {
    expect(said('references/sync-wave', `apiVersion: v1\nkind: Namespace\nmetadata: {name: kafka${wave('5')}}\n---${topic('orders')}`)).toEqual([]);
  });

  it('do not matter to what is healthy before its pods run, or has no health at all', () => {
    const account = `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: runner, namespace: kafka${wave('5')}}\n---\n`;
    const pods = 'template: {spec: {serviceAccountName: runner, containers: []}}';
    const one = (apiVersion: string, kind: string, spec: string) =>
      `${account}apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a, namespace: kafka}\nspec: ${spec}\n`;
    expect(said('references/sync-wave', one('apps/v1', 'Deployment', `{${pods}}`))).toHaveLength(1);
    expect(said('references/sync-wave', one('batch/v1', 'CronJob', `{jobTemplate: {spec: {${pods}}}}`))).toEqual([]);
    expect(said('references/sync-wave', one('acme.example/v1', 'Runner', `{${pods}}`))).toEqual([]);
  });

  it('matter inside one root only', () => {
    const cluster = kafka().replace('namespace: kafka}', `namespace: kafka${wave('10')}}`);
    expect(said('references/sync-wave', cluster + topic('orders'))).toHaveLength(1);
    expect(said('references/sync-wave', { 'kafka.yaml': cluster, 'topic.yaml': topic('orders') })).toEqual([]);
    expect(said('references/sync-wave', cluster + topic('orders', '{}', wave('10')))).toEqual([]);
  });
});

describe('a job and what its user may do', () => {
  const closed = kafka("{kafka: {authorization: {type: simple}, config: {auto.create.topics.enable: 'false'}}}");
  const acls = (...items: readonly string[]): string =>
    user(`{authentication: {type: scram-sha-512}, authorization: {type: simple, acls: [${items.join(', ')}]}}`);
  const acl = (type: string, name: string, operation: string, pattern = 'literal'): string =>
    `{resource: {type: ${type}, name: "${name}", patternType: ${pattern}}, operations: [${operation}]}`;
  const job = (args: string, more = ''): string =>
    reader('{name: enricher, key: password}', 'kafka').replace('spec: {', `spec: {job: {args: [${args}]}, ${more}`);
  const permission = (args: string, ...items: readonly string[]): readonly string[] => said('references/job-permission', acls(...items) + job(args));

  it.each([
    ['a literal name', '--input-topic, orders', acl('topic', 'orders', 'Read')],
    ['a prefix', '--sink-topic=orders.totals', acl('topic', 'orders.', 'Write', 'prefix')],
    ['everything', '--group-id, enricher', acl('group', '*', 'Read')],
    ['all operations', '--consumerGroup, enricher', acl('group', 'enricher', 'All')],
    ['a topic that is read or written', '--topic, orders', acl('topic', 'orders', 'Write')],
    ['several topics', '--input-topics, "orders,refunds"', `${acl('topic', 'orders', 'Read')}, ${acl('topic', 'refunds', 'Read')}`],
    ['the dash that Flink adds', '--transactional-id-prefix, enricher', acl('transactionalId', 'enricher-', 'Write', 'prefix')],
    ['what a job adds for each sink', '--transactional-id-prefix, enricher', acl('transactionalId', 'enricher.totals', 'Write', 'prefix')],
    ['an id that is no prefix', '--transactional-id, enricher', acl('transactionalId', 'enricher', 'Write')],
    ['no transactions at all', '--transactional-id-prefix, enricher, --delivery-guarantee, at-least-once', acl('topic', 'orders', 'Read')],
    ['a pattern of topics', '--input-topics, "orders-.*"', acl('topic', 'orders', 'Read')],
    ['a value that is filled in later', '--input-topic, "${TOPIC}"', acl('topic', 'orders', 'Read')],
    ['ACLs that are filled in later', '--input-topic, refunds', acl('topic', '${TOPIC}', 'Read')],
    ['another Kafka', '--bootstrap-servers, "broker.example:9092", --input-topic, refunds', acl('topic', 'orders', 'Read')],
    ['an input that is read as somebody else', '--read.refunds.topic=refunds, --read.refunds.user=legacy', acl('topic', 'orders', 'Read')],
    ['two Kafkas', '--source.bootstrap.servers, a, --sink.bootstrap.servers, b, --input-topic, refunds', acl('topic', 'orders', 'Read')],
  ])('takes %s', (_what, args, item) => {
    expect(permission(args, item)).toEqual([]);
  });

  it.each([
    ['an output that may only be read', '--output-topic, orders', acl('topic', 'orders', 'Read')],
    ['a group', '--kafka.group.id=other', acl('group', 'enricher', 'Read')],
    ['a denied topic', '--input-topic, orders', acl('topic', 'orders', 'Read').replace('{', '{type: deny, ')],
    ['the topic of a named input', '--read.orders.topic=refunds', acl('topic', 'orders', 'Read')],
    ['the group of a named input', '--read.orders.group=other', acl('group', 'enricher', 'Read')],
    ['its own Kafka by address', '--bootstrap-servers, "events-kafka-bootstrap.kafka.svc:9093", --input-topic, refunds', acl('topic', 'orders', 'Read')],
  ])('finds %s', (_what, args, item) => {
    expect(permission(args, item)).toHaveLength(1);
  });

  it('says where an ACL is for the prefix itself', () => {
    expect(permission('--transactional-id-prefix, enricher', acl('transactionalId', 'enricher', 'Write'))).toEqual([
      'spec.job.args.1: KafkaUser kafka/enricher has no ACL for Write on the transactional id enricher as a prefix, only on that very id, which Flink never uses',
    ]);
  });

  it('reads the settings of flinkConfiguration', () => {
    const settings = 'flinkConfiguration: {source.topic: refunds}, ';
    expect(said('references/job-permission', acls(acl('topic', 'orders', 'Read')) + job('', settings))).toEqual([
      expect.stringContaining('spec.flinkConfiguration.source.topic: '),
    ]);
  });

  it('leaves users alone that ACLs do not bind', () => {
    const wrong = acls(acl('topic', 'orders', 'Read')) + job('--input-topic, refunds');
    expect(said('references/job-permission', kafka('{kafka: {authorization: {type: simple}}}') + wrong)).toHaveLength(1);
    for (const spec of ['{type: simple, superUsers: [enricher]}', '{type: simple, superUsers: ["User:CN=enricher"]}', '{type: custom}', '{type: opa}']) {
      expect(said('references/job-permission', kafka(`{kafka: {authorization: ${spec}}}`) + wrong)).toEqual([]);
    }
    const open = "{kafka: {authorization: {type: simple}, config: {allow.everyone.if.no.acl.found: 'true'}}}";
    expect(said('references/job-permission', kafka(open) + wrong)).toEqual([]);
    expect(said('references/job-permission', user('{authentication: {type: scram-sha-512}}') + job('--input-topic, refunds'))).toEqual([]);
  });

  it('needs one user that is certainly the one', () => {
    const one = acls(acl('topic', 'orders', 'Read'));
    const other = one.replace('name: enricher', 'name: refunds').replaceAll('orders', 'refunds');
    const both = job('--input-topic, refunds').replace('containers: [', 'volumes: [{name: c, secret: {secretName: refunds}}], containers: [');
    expect(said('references/job-permission', one + other + both)).toEqual([]);
    expect(said('references/job-permission', one + other + both.replace('args: [', 'args: [--user=enricher, '))).toHaveLength(1);
    expect(said('references/job-permission', one + both.replace('secretName: refunds', 'secretName: partner-kafka'))).toEqual([]);
    expect(said('references/job-permission', { 'a.yaml': one, 'b.yaml': one, 'job.yaml': job('--input-topic, refunds') })).toEqual([]);
  });

  it('follows an ExternalSecret, and the pods of a session cluster', () => {
    const external = `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: users, namespace: flink}
spec: {provider: {kubernetes: {remoteNamespace: kafka}}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: credentials, namespace: flink}
spec: {secretStoreRef: {name: users}, dataFrom: [{extract: {key: enricher}}]}
---`;
    const session = `${reader('{name: credentials, key: password}').replace('name: enricher', 'name: session')}
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: enricher, namespace: flink}
spec: {deploymentName: session, job: {args: [--input-topic, refunds]}}
`;
    const all = acls(acl('topic', 'orders', 'Read')) + external + session;
    expect(said('references/job-permission', all)).toHaveLength(1);
    // A vault that has a key of that name is not the Secret of the user.
    expect(said('references/job-permission', all.replace('kubernetes: {remoteNamespace: kafka}', 'vault: {}'))).toEqual([]);
    expect(said('references/job-permission', all.replace('remoteNamespace: kafka', 'remoteNamespace: other'))).toEqual([]);
  });

  it('finds topics that nothing declares, where all are known', () => {
    const names = acls(
      acl('topic', 'order', 'Read'),
      acl('topic', '__consumer_offsets', 'Read'),
      acl('topic', 'ord', 'Read', 'prefix'),
      acl('topic', '*', 'Read'),
    );
    const all = closed + topic('orders') + names + job('--topic, order');
    expect(said('references/acl-topic', all)).toEqual([
      'spec.authorization.acls.0.resource.name: no KafkaTopic of the Kafka events declares the topic order; there is orders',
    ]);
    expect(said('references/job-topic', all)).toHaveLength(1);
    // One mistake is told once.
    expect(said('references/job-permission', closed + topic('orders') + acls(acl('topic', 'orders', 'Read')) + job('--topic, order'))).toEqual([]);
    for (const id of ['references/acl-topic', 'references/job-topic']) {
      expect(said(id, all.replace('auto.create.topics.enable', 'num.partitions'))).toEqual([]);
      expect(said(id, closed + names + job('--topic, order'))).toEqual([]);
      expect(said(id, { 'kafka.yaml': closed, 'team.yaml': topic('orders') + names + job('--topic, order') })).toEqual([]);
      expect(said(id, all + topic('refunds', '{topicName: order}'))).toEqual([]);
      // A pipeline of Millrace may say that others make a topic.
      expect(found(subjectsOf({ 'all.yaml': all }, 'prod'), id, ['prod'])).toEqual([]);
    }
  });

  it("compares transaction timeouts with the Kafka's limit", () => {
    const timeout = (value: string, limit = '', more = ''): readonly string[] =>
      said(
        'references/transaction-timeout',
        kafka(`{kafka: {config: {${limit}}}}`) + user('{authentication: {type: tls}}') + job(`--transaction.timeout.ms=${value}${more}`),
      );
    expect(timeout('900000')).toEqual([]);
    expect(timeout('900001')).toHaveLength(1);
    expect(timeout('3600000', 'transaction.max.timeout.ms: 3600000')).toEqual([]);
    expect(timeout('3600000', "transaction.max.timeout.ms: '${LIMIT}'")).toEqual([]);
    expect(timeout('3600000', '', ', --guarantee=at-least-once')).toEqual([]);
    const properties = `
apiVersion: v1
kind: ConfigMap
metadata: {name: client, namespace: kafka}
data: {producer.properties: "acks=all\\ntransaction.timeout.ms=3600000\\n"}
---`;
    const mounting = job('--x=y').replace('containers: [', 'volumes: [{name: c, configMap: {name: client}}], containers: [');
    expect(said('references/transaction-timeout', kafka() + user('{authentication: {type: tls}}') + properties + mounting)).toEqual([
      expect.stringContaining('transaction.timeout.ms in producer.properties of the ConfigMap client is 3600000'),
    ]);
  });
});

describe('what is read in a whole environment', () => {
  const missing = reader('{name: nobody, key: password}');
  const map = reader('{name: x, key: y}').replace('secretKeyRef', 'configMapKeyRef').replace('name: x', 'name: settings');
  const chart = `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: chart, namespace: argocd}
spec: {source: {repoURL: https://charts.acme.example, chart: vault}, destination: {server: https://kubernetes.default.svc, namespace: flink}}
---`;
  const whole = (id: string, text: string, complete = ['prod']): readonly string[] => found(subjectsOf({ 'all.yaml': text }, 'prod'), id, complete);

  it('is missing only there', () => {
    expect(whole('references/secret-made', missing)).toEqual([expect.stringContaining('nothing in prod makes the Secret nobody in namespace flink')]);
    expect(whole('references/config-map-made', map)).toHaveLength(1);
    expect(whole('references/secret-made', missing, [])).toEqual([]);
    expect(whole('references/config-map-made', map, [])).toEqual([]);
  });

  it('may come from a chart, an operator or Kubernetes', () => {
    expect(whole('references/secret-made', chart + missing)).toEqual([]);
    expect(whole('references/secret-made', chart.replace('namespace: flink', 'namespace: vault') + missing)).toHaveLength(1);
    expect(whole('references/secret-made', kafka() + missing.replace('nobody', 'events-kafka-brokers'))).toEqual([]);
    expect(whole('references/secret-made', missing.replace('key: password', 'key: password, optional: true'))).toEqual([]);
    expect(whole('references/config-map-made', map.replace('settings', 'kube-root-ca.crt'))).toEqual([]);
    const bundle = 'apiVersion: trust.cert-manager.io/v1alpha1\nkind: Bundle\nmetadata: {name: settings}\n---';
    expect(whole('references/config-map-made', bundle + map)).toEqual([]);
  });
});

describe('a session job and the version of its cluster', () => {
  const cluster = (version: string, settings = '', name = 'session'): string =>
    `apiVersion: flink.apache.org/v1beta1\nkind: FlinkDeployment\nmetadata: {name: ${name}, namespace: flink}\nspec: {flinkVersion: ${version}, flinkConfiguration: {${settings}}}\n---\n`;
  const job = (settings: string, mode = 'stateless'): string =>
    `apiVersion: flink.apache.org/v1beta1\nkind: FlinkSessionJob\nmetadata: {name: enricher, namespace: flink}\nspec: {deploymentName: session, flinkConfiguration: {${settings}}, job: {upgradeMode: ${mode}}}\n`;
  const settings = (...files: readonly string[]): readonly string[] =>
    said('references/session-job-settings', Object.fromEntries(files.map((text, index) => [`${index}.yaml`, text])));

  it('finds what Flink 2 has no more, and not on Flink 1', () => {
    const old = 'state.backend: filesystem, pipeline.auto-type-registration: "false"';
    expect(settings(cluster('v2_0'), job(old))).toHaveLength(2);
    expect(settings(cluster('v1_20'), job(old))).toEqual([]);
    expect(settings(cluster('v2_0', '', 'other'), job(old))).toEqual([]);
  });

  it('reads the settings of both', () => {
    const [checkpoints, savepoints] = ['execution.checkpointing.dir: s3://a/b', 'execution.checkpointing.savepoint-dir: s3://a/c'];
    expect(settings(cluster('v2_0', checkpoints), job(savepoints, 'savepoint'))).toEqual([]);
    expect(settings(cluster('v2_0', checkpoints), job('', 'savepoint'))).toHaveLength(1);
    expect(settings(cluster('v2_0'), job('', 'last-state'))).toHaveLength(1);
    // The cluster's newer name wins over the old one of the job; what is the cluster's is told there.
    expect(settings(cluster('v2_0', 'state.backend.type: rocksdb'), job('state.backend: filesystem'))).toEqual([]);
    expect(settings(cluster('v2_0', 'state.backend: filesystem'), job(''))).toEqual([]);
  });

  it('leaves keys alone that start others: only what is written for a cluster is checked for that', () => {
    expect(settings(cluster('v2_0'), job('restart-strategy: fixed-delay, restart-strategy.fixed-delay.attempts: "3"'))).toEqual([]);
  });

  it('finds what holds for every cluster that it may be', () => {
    expect(settings(cluster('v2_0'), cluster('v1_20'), job('state.backend: filesystem'))).toEqual([]);
    expect(settings(cluster('v2_0'), cluster('v2_2'), job('state.backend: filesystem'))).toHaveLength(1);
  });
});

describe('odd shapes', () => {
  it.each(referenceRules.map((rule) => [rule.id] as const))('%s reads lists where maps belong', (id) => {
    const kinds = [
      'kafka.strimzi.io/v1 Kafka',
      'kafka.strimzi.io/v1 KafkaNodePool',
      'kafka.strimzi.io/v1 KafkaTopic',
      'kafka.strimzi.io/v1 KafkaUser',
      'kafka.strimzi.io/v1 KafkaConnect',
    ];
    const others = [
      'flink.apache.org/v1beta1 FlinkDeployment',
      'flink.apache.org/v1beta1 FlinkSessionJob',
      'v1 Secret',
      'external-secrets.io/v1 ExternalSecret',
      'argoproj.io/v1alpha1 Application',
    ];
    const odd = [
      'spec: []',
      'spec: 3',
      'spec: {kafka: [], entityOperator: x, job: [], authorization: 1, template: [], podTemplate: 7, source: [], flinkConfiguration: [a]}',
    ];
    const text = [...kinds, ...others]
      .flatMap((kind) =>
        odd.map(
          (spec, index) =>
            `apiVersion: ${kind.split(' ')[0] ?? ''}\nkind: ${kind.split(' ')[1] ?? ''}\nmetadata: {name: odd-${index}, labels: [x], annotations: 4}\n${spec}`,
        ),
      )
      .join('\n---\n');
    expect(() => said(id, text)).not.toThrow();
  });
});
