import { after, EXAMPLE, repository, type Repository } from '@millrace/workspace/testing';
import { describe, expect, it } from 'vitest';

import { checkFiles, said } from './run.fixture.js';

const PROD = 'environments/prod/environment.yaml';
const kafka = { name: 'kafka-cluster', environment: 'prod', storageClass: 'fast-ssd', storageSize: '100Gi' };

/** Two clusters and all that can be said of them, and what Prometheus is told. */
const MORE = `  rack: topology.kubernetes.io/zone
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
      annotations: {example.com/scheme: internal, example.com/host: "b-{nodeId}.lb.acme.example"}
    ports: {port: 9096, type: nodeport}
    openshift: {port: 9097, type: route, bootstrapHost: k.apps.acme.example, brokerHost: "b-{nodeId}.apps.acme.example"}
    plain: {port: 9098, type: cluster-ip, annotations: {example.com/mesh: "off"}}
    inside:
      port: 9099
      type: internal
      networkPolicyPeers: [{podSelector: {matchLabels: {app: console}}}]
  networkPolicyPeers:
    - {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}, podSelector: {matchLabels: {kafka: "yes"}}}
  config: {delete.topic.enable: false, log.retention.bytes: 9223372036854775807, ssl.enabled.protocols: TLSv1.3}
  superUsers: [emergency]
  quotas: {producerByteRate: 10485760, consumerByteRate: 20971520, minAvailableRatioPerVolume: 0.1, excludedPrincipals: [emergency]}
  certificates: {clusterCa: {validityDays: 730, renewalDays: 60}, clientsCa: {renewalDays: 45}}
  resources: {topicOperator: {memory: 512Mi, cpu: 100m}, userOperator: {memory: 256Mi, cpu: 0.1}}
`;

function everything(): Repository {
  const clusters = repository(
    [
      [
        'kafka-cluster',
        {
          ...kafka,
          memory: '8Gi',
          cpu: '2',
          heap: '4Gi',
          cruiseControl: true,
          maintenanceWindow: '* * 2-4 ? * SUN *',
        },
      ],
      ['kafka-cluster', { ...kafka, name: 'analytics', as: 'analytics', brokers: 3, controllers: 3, cruiseControl: true }],
    ],
    repository(EXAMPLE),
  );
  const text = (clusters.get(PROD) ?? '').replace('kafka:\n', () => `observability: {runbooks: https://runbooks.acme.example}\nkafka:\n${MORE}`);
  return after(new Map([...clusters, [PROD, text]]), 'kafka-cluster', kafka);
}

describe('what is generated of Kafka and for Prometheus', () => {
  it('R2, R13, R17, R18, R19, R20: is built by kustomize and accepted by the API server, and no rule finds anything in it', async () => {
    const paths = ['kafka', 'kafka-analytics', 'namespaces', 'observability', 'argocd/platform'].map((part) => `environments/prod/${part}`);
    const report = await checkFiles(everything(), { paths });
    expect(said(report)).toEqual([]);
    expect(report.summary).toMatchObject({ errors: 0, warnings: 0, skipped: 0 });
  });

  it('is found where it is declared, in the cluster that it is declared for', async () => {
    const wrong = 'config: {message.max.bytes: many}';
    const text = (everything().get(PROD) ?? '')
      .replace('  config: {', '  config: {message.max.bytes: some, ')
      .replace(/( {2,})cluster: analytics\n/, `$&$1${wrong}\n`);
    const files = after(new Map([...everything(), [PROD, text]]), 'kafka-cluster', kafka);
    const lineOf = (part: string) => text.split(part, 1)[0]?.split('\n').length;
    const { findings } = await checkFiles(files, { paths: ['environments/prod/kafka', 'environments/prod/kafka-analytics'] });
    expect(findings.map(({ rule, file, line, resource }) => [rule, file, line, resource?.name])).toEqual([
      ['strimzi/broker-setting-value', PROD, lineOf('message.max.bytes: some'), 'kafka-cluster'],
      ['strimzi/broker-setting-value', PROD, lineOf(wrong), 'analytics'],
    ]);
  });
});
