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
  if (rule?.reach !== 'references') throw new Error(id);
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
