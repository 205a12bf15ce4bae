import { describe, expect, it } from 'vitest';

import { checkFiles } from '../run.fixture.js';

const RULES = [
  'references/rebalance-template',
  'strimzi/auto-create-topics',
  'strimzi/listener-encryption',
  'strimzi/listener-tls',
  'strimzi/metadata-version',
  'strimzi/pinned-version',
  'strimzi/several-super-users',
];

/** What these rules say, by rule. */
async function found(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { findings } = await checkFiles(files);
  return findings
    .filter(({ rule }) => RULES.includes(rule))
    .map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`)
    .sort();
}

const kafka = (spec: string, more = ''): string => `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: kafka-cluster, namespace: kafka}
spec: {kafka: ${spec}, entityOperator: {topicOperator: {}, userOperator: {}}${more}}
`;
const SEVERAL = 'default.replication.factor: 3, min.insync.replicas: 2';
const PINNED = 'version: 4.3.1, metadataVersion: 4.3-IV0';
const NOT_ON_DEMAND = `config: {${SEVERAL}, auto.create.topics.enable: false}`;

describe('a Kafka that people depend on', () => {
  it('R5, R11, R13, R14, R20: says what it lacks, and nothing of it is an error', async () => {
    const text = kafka(
      `{listeners: [{name: plain, port: 9092, type: internal, tls: false, authentication: {type: scram-sha-512}}, {name: ext, port: 9095, type: loadbalancer, authentication: {type: scram-sha-512}}], config: {${SEVERAL}}}`,
      ', cruiseControl: {autoRebalance: [{mode: add-brokers, template: {name: fill}}]}',
    );
    const rebalance =
      '---\napiVersion: kafka.strimzi.io/v1\nkind: KafkaRebalance\nmetadata: {name: fill, namespace: kafka, labels: {strimzi.io/cluster: kafka-cluster}}\nspec: {}\n';
    expect(await found({ 'kafka.yaml': text + rebalance })).toEqual([
      'warning references/rebalance-template: add-brokers takes the KafkaRebalance fill, which is no template: it lacks the annotation strimzi.io/rebalance-template',
      'warning strimzi/auto-create-topics: auto.create.topics.enable is not set, so it is true, and without authorization every client may',
      'warning strimzi/listener-encryption: listener "ext" is of type loadbalancer, for clients from outside, and has TLS off',
      'warning strimzi/listener-encryption: listener "plain" asks its clients who they are (scram-sha-512), and has TLS off',
      'warning strimzi/pinned-version: spec.kafka.version and spec.kafka.metadataVersion are missing: the operator decides, and decides anew with each release',
    ]);
  });

  it('R14: several super users; one who comes by certificate and by password is one', async () => {
    const authorized = (users: string) => kafka(`{${PINNED}, authorization: {type: simple, superUsers: ${users}}, ${NOT_ON_DEMAND}}`);
    expect(await found({ 'kafka.yaml': authorized('[CN=a, b, CN=c]') })).toEqual(['warning strimzi/several-super-users: there are 3 super users: a, b, c']);
    expect(await found({ 'kafka.yaml': authorized('[CN=a, a]') })).toEqual([]);
    expect(await found({ 'kafka.yaml': authorized('["${ADMIN}", "${OTHER}"]') })).toEqual([]);
  });

  it.each([
    ['one of one broker', kafka('{listeners: [{name: plain, port: 9092, type: internal, tls: false}]}')],
    ['one whose clients need the right to create', kafka(`{${PINNED}, authorization: {type: simple}, config: {${SEVERAL}}}`)],
  ])('says nothing of %s', async (_what, text) => {
    expect(await found({ 'kafka.yaml': text })).toEqual([]);
  });

  it.each([
    ['4.3-IV0', []],
    ['4.2-IV1', []],
    ['4.2', []],
    ['4.1-IV1', []],
    ['4.3-IV9', ['error strimzi/metadata-version: there is no metadata version 4.3-IV9; the newest of Kafka 4.3 is 4.3-IV0']],
    ['4.2-IV2', ['error strimzi/metadata-version: there is no metadata version 4.2-IV2; the newest of Kafka 4.2 is 4.2-IV1']],
  ])('R5: the metadata version %s of a platform that has 4.3-IV0 and 4.2-IV1', async (version, expected) => {
    expect(await found({ 'kafka.yaml': kafka(`{version: 4.3.1, metadataVersion: "${version}"}`) })).toEqual(expected);
  });

  it('R13: a gateway may end TLS itself, so that is not refused: it is told once, and a listener that asks nobody is told elsewhere', async () => {
    const listeners = (text: string) => ({ 'kafka.yaml': kafka(`{listeners: [${text}]}`) });
    const route =
      '{name: gw, port: 9094, type: tlsroute, tls: false, configuration: {parentRefs: [{name: g}], bootstrap: {host: a}, hostTemplate: "b-{nodeId}"}}';
    expect(await found(listeners(route))).toEqual([
      'warning strimzi/listener-encryption: listener "gw" is of type tlsroute, for clients from outside, and has TLS off',
    ]);
    expect(await found(listeners('{name: in, port: 9094, type: ingress, tls: false, authentication: {type: scram-sha-512}}'))).toEqual([
      'error strimzi/listener-tls: listener "in" is of type ingress, but has TLS off',
    ]);
    expect(await found(listeners('{name: plain, port: 9094, type: cluster-ip, tls: false}'))).toEqual([]);
  });

  it('R20: a template is missed where all that there is is here, and looked for in the namespace of the Kafka', async () => {
    const files = (folder: string, more = '') => ({
      'millrace.yaml': 'repository: {url: https://git.acme.example/streaming.git}\nteams: {}\n',
      [`${folder}/kafka.yaml`]: kafka('{}', ', cruiseControl: {autoRebalance: [{mode: add-brokers, template: {name: fill}}, {mode: remove-brokers}]}') + more,
    });
    expect(await found(files('environments/prod'))).toEqual([
      'warning references/rebalance-template: add-brokers takes the KafkaRebalance fill, and there is none',
    ]);
    expect(await found(files('elsewhere'))).toEqual([]);
    const apart =
      '---\napiVersion: kafka.strimzi.io/v1\nkind: KafkaRebalance\nmetadata: {name: fill, namespace: other, labels: {strimzi.io/cluster: kafka-cluster}}\nspec: {}\n';
    expect(await found(files('elsewhere', apart))).toEqual([
      'warning references/rebalance-template: add-brokers takes the KafkaRebalance fill, which stands in namespace other, not in that of the Kafka',
    ]);
  });
});
