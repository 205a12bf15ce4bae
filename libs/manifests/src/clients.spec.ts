import { describe, expect, it } from 'vitest';

import { annotation, list, record, Repository } from './repository.fixture.js';
import { at, EVERYTHING, EXAMPLE } from './workspace.fixture.js';

/**
 * Clients of Kafka and what they are told: passwords from a vault, clusters beside the main one, a Kafka and a schema registry
 * that others run, clients that are no Flink job. `payments` uses them all: in dev in session clusters, in staging as an
 * application with its passwords in a vault.
 */

const everything = new Repository(EVERYTHING);
const DEV = 'environments/dev/';
const STAGING = 'environments/staging/';
const PAYMENTS = 'pipelines/payments/';

const secretFor = (environment: string, user: string) => everything.one('ExternalSecret', `${environment}${PAYMENTS}flink/`, `${user}-kafka-client`);
const sources = (secret: unknown) =>
  list(at(secret, 'spec', 'data')).map((data) => [
    at(data, 'secretKey'),
    at(data, 'remoteRef', 'key'),
    at(data, 'remoteRef', 'property'),
    at(data, 'sourceRef', 'storeRef', 'name') ?? at(secret, 'spec', 'secretStoreRef', 'name'),
  ]);
const properties = (secret: unknown, user: string) => String(at(secret, 'spec', 'target', 'template', 'data', `${user}.properties`)).split('\n');

describe('passwords that are made in a vault', () => {
  it('R68: reach Strimzi and the jobs from the same entry', () => {
    const beside = everything.one('ExternalSecret', `${STAGING}credentials/`, 'payments-app.password');
    expect(at(beside, 'metadata', 'namespace')).toBe('kafka');
    expect(at(beside, 'spec', 'secretStoreRef')).toEqual({ kind: 'ClusterSecretStore', name: 'vault' });
    expect(sources(beside)).toEqual([['password', 'streaming/staging/payments-app', 'password', 'vault']]);
    const user = everything.one('KafkaUser', `${STAGING}${PAYMENTS}kafka/`, 'payments-app');
    expect(at(user, 'spec', 'authentication')).toEqual({
      type: 'scram-sha-512',
      password: { valueFrom: { secretKeyRef: { name: 'payments-app.password', key: 'password' } } },
    });
    expect(sources(secretFor(STAGING, 'payments-app'))).toEqual([
      ['password', 'streaming/staging/payments-app', 'password', 'vault'],
      ['ca', 'kafka-cluster-cluster-ca-cert', 'ca.crt', 'kafka-users'],
    ]);
  });

  it('R68: are not let out of the Kafka namespace beside', () => {
    expect(everything.all('Role', `${STAGING}credentials/`).flatMap((role) => list(at(role, 'rules', 0, 'resourceNames')))).not.toContain('payments-app');
  });

  it('R68: may have any character: what the client reads is the password again', () => {
    const line = properties(secretFor(STAGING, 'payments-app'), 'payments-app').find((text) => text.startsWith('sasl.jaas.config='));
    for (const password of ['plain', 'a"b', 'a\\b', '\\"', 'a"\\\\b;=#!', "it's", 'ä€']) {
      expect(passwordOf(unescapedProperty(filledIn(line ?? '', password)))).toBe(password);
    }
  });

  it('are read from the Secrets of Strimzi where no vault is named', () => {
    const example = new Repository(EXAMPLE);
    expect(example.all('KafkaUser', 'environments/prod/').map((user) => at(user, 'spec', 'authentication'))).toEqual([undefined]);
    expect(example.ofKind('ExternalSecret', 'environments/prod/credentials/')).toEqual([]);
  });
});

describe('a further Kafka cluster', () => {
  it('R7, R8: has the users that are declared for it, in an overlay of its own', () => {
    const kustomization = everything.one('Kustomization', `${DEV}${PAYMENTS}kafka-analytics/`);
    expect(at(kustomization, 'namespace')).toBe('kafka-analytics');
    expect(at(kustomization, 'labels', 0, 'pairs', 'strimzi.io/cluster')).toBe('analytics');
    expect(everything.all('KafkaUser', `${DEV}${PAYMENTS}kafka-analytics/`)).toHaveLength(1);
    expect(everything.ofKind('KafkaTopic', `${DEV}${PAYMENTS}kafka-analytics/`)).toEqual([]);
    const application = everything.one('Application', `${DEV}argocd/pipelines/`, 'dev.payments.kafka-analytics');
    expect(at(application, 'spec', 'destination', 'namespace')).toBe('kafka-analytics');
    expect(annotation(application, 'manifest-generate-paths')).toContain('/apps/payments/next/kafka-analytics');
  });

  it('R67: lets its credentials out by a store and a role of its own', () => {
    const store = everything.one('SecretStore', `${DEV}flink/secret-store-pay-dev.yaml`, 'kafka-users-analytics');
    expect(at(store, 'spec', 'provider', 'kubernetes', 'remoteNamespace')).toBe('kafka-analytics');
    const role = everything.one('Role', `${DEV}credentials/`, 'pipeline.payments.analytics');
    expect([at(role, 'metadata', 'namespace'), at(role, 'rules', 0, 'resourceNames')]).toEqual(['kafka-analytics', ['payments-analytics']]);
    expect(properties(secretFor(DEV, 'payments-analytics'), 'payments-analytics')).toContain(
      'bootstrap.servers=analytics-kafka-bootstrap.kafka-analytics.svc:9093',
    );
  });

  it('is reached by a job as the user that the topic names', () => {
    const args = list(at(everything.one('FlinkSessionJob', 'apps/payments/next/session/', 'payments'), 'spec', 'job', 'args'));
    expect(args).toContain('--write.facts.user=payments-analytics');
    expect(args).toContain('--read.customers.user=payments-legacy');
    expect(args.filter((arg) => String(arg).startsWith('--read.orders.user'))).toEqual([]);
  });
});

describe('a Kafka that others run', () => {
  it('R71: is an address and credentials, and nothing is made in it', () => {
    const legacy = secretFor(STAGING, 'payments-legacy');
    expect(sources(legacy)).toEqual([
      ['password', 'streaming/legacy/payments-legacy', 'password', 'vault'],
      ['ca', 'streaming/legacy/payments-legacy', 'ca.crt', 'vault'],
    ]);
    expect(properties(legacy, 'payments-legacy')).toEqual(
      expect.arrayContaining([
        'bootstrap.servers=b-1.legacy.acme.example:9096,b-2.legacy.acme.example:9096',
        'sasl.mechanism=PLAIN',
        'ssl.truststore.type=PEM',
      ]),
    );
    expect(properties(legacy, 'payments-legacy').join('\n')).toContain(
      'org.apache.kafka.common.security.plain.PlainLoginModule required username="payments-legacy"',
    );
    expect([...everything.files.keys()].filter((path) => path.startsWith('environments/') && path.includes('kafka-legacy'))).toEqual([]);
  });

  it("R88: takes transactions of 15 minutes, which is Kafka's default; brokers of ours those of an hour", () => {
    expect(properties(secretFor(STAGING, 'payments-legacy'), 'payments-legacy')).toContain('transaction.timeout.ms=900000');
    expect(properties(secretFor(STAGING, 'payments-analytics'), 'payments-analytics')).toContain('transaction.timeout.ms=3600000');
    const ours = (limit: string) => {
      const file = 'environments/prod/environment.yaml';
      const text = (EXAMPLE[file] ?? '').replace('kafka:\n', `kafka:\n  config: {transaction.max.timeout.ms: "${limit}"}\n`);
      return properties(new Repository({ ...EXAMPLE, [file]: text }).one('ExternalSecret', 'environments/prod/pipelines/'), 'flink-app');
    };
    expect(ours('7200000')).toContain('transaction.timeout.ms=3600000');
    expect(ours('900000')).toContain('transaction.timeout.ms=900000');
  });

  it('has a certificate of its own only where that is said', () => {
    const open = new Repository({
      ...EVERYTHING,
      'environments/staging/environment.yaml': (EVERYTHING['environments/staging/environment.yaml'] ?? '').replace('    certificate: own\n', ''),
    }).one('ExternalSecret', `${STAGING}${PAYMENTS}flink/`, 'payments-legacy-kafka-client');
    expect(Object.keys(record(at(open, 'spec', 'target', 'template', 'data')))).toEqual(['payments-legacy.password', 'payments-legacy.properties']);
    expect(properties(open, 'payments-legacy').filter((line) => line.startsWith('ssl.'))).toEqual([]);
  });
});

describe('a job of several users', () => {
  it('R71: finds the files of all of them in one folder', () => {
    const volume = at(
      everything.one('FlinkDeployment', `${STAGING}${PAYMENTS}flink/`, 'payments'),
      'spec',
      'podTemplate',
      'spec',
      'volumes',
      0,
      'projected',
      'sources',
    );
    expect(list(volume).map((source) => at(source, 'secret', 'name'))).toEqual([
      'payments-analytics-kafka-client',
      'payments-app-kafka-client',
      'payments-legacy-kafka-client',
      'schema-registry',
    ]);
  });
});

describe('every Secret that comes from elsewhere', () => {
  it('R67: is read again within the hour, so that a renewal arrives; but the password that is made once', () => {
    const specs = everything.all('ExternalSecret').map((body) => record(at(body, 'spec')));
    const minutes = specs.flatMap(({ refreshPolicy, refreshInterval }) =>
      refreshPolicy === 'CreatedOnce' ? [] : [Number(/^(\d+)m$/.exec(String(refreshInterval))?.[1])],
    );
    expect(minutes.length).toBeGreaterThan(5);
    for (const each of minutes) expect(each).toBeLessThanOrEqual(60);
  });
});

describe('a schema registry', () => {
  it('R78: is told by its address, with credentials that are in no file', () => {
    const closed = everything.one('ExternalSecret', `${STAGING}flink/schema-registry-flink-payments.yaml`);
    expect(sources(closed)).toEqual([
      ['username', 'registry', 'username', 'keys'],
      ['password', 'registry', 'password', 'keys'],
    ]);
    expect(String(at(closed, 'spec', 'target', 'template', 'data', 'schema-registry.properties')).split('\n')).toEqual([
      'schema.registry.url=https://registry.acme.example',
      'basic.auth.credentials.source=USER_INFO',
      'basic.auth.user.info={{ .username | replace `\\` `\\\\` }}:{{ .password | replace `\\` `\\\\` }}',
      '',
    ]);
  });

  it('R67: beside Kafka, is let out by name', () => {
    const role = everything.one('Role', `${DEV}credentials/`, 'namespace.flink');
    expect(at(role, 'rules', 0, 'resourceNames')).toEqual(['kafka-cluster-cluster-ca-cert', 'registry']);
  });

  it('is a ConfigMap where it asks for no credentials', () => {
    const open = everything.one('ConfigMap', 'environments/test/flink/schema-registry-flink.yaml');
    expect(at(open, 'data', 'schema-registry.properties')).toBe('schema.registry.url=https://registry.acme.example\n');
  });
});

/** What External Secrets makes of the template: its function `replace` replaces every occurrence. */
function filledIn(template: string, password: string): string {
  return template.replace(/\{\{ \.password((?: \| replace `[^`]*` `[^`]*`)*) \}\}/, (_all, pipes: string) =>
    [...pipes.matchAll(/replace `([^`]*)` `([^`]*)`/g)].reduce((text, [, from = '', to = '']) => text.replaceAll(from, () => to), password),
  );
}

/** The value of a line of a Java properties file (java.util.Properties.load, without its \\u). */
function unescapedProperty(line: string): string {
  return line.slice(line.indexOf('=') + 1).replace(/\\(.)/g, '$1');
}

/** The quoted value of `password` in a JAAS configuration (java.io.StreamTokenizer). */
function passwordOf(jaas: string): string | undefined {
  return /password="((?:[^"\\]|\\.)*)";/.exec(jaas)?.[1]?.replace(/\\(.)/g, '$1');
}
