import { describe, expect, it } from 'vitest';

import { formatPath } from '../field.js';
import { judge } from '../judge.js';
import { readManifests } from '../sources/read-manifests.js';
import { Universe } from '../universe.js';
import { autoscalerLimits } from './flink/autoscaler-limits.js';
import { filesystemPlugin } from './flink/filesystem-plugin.js';
import { podAutoscaler } from './references/pod-autoscaler.js';
import { metricsPort } from './security/metrics-port.js';
import { objectStorageKey } from './security/object-storage-key.js';

/** What the rules here say of some manifests: rule and place. */
function found(yaml: string): readonly string[] {
  const reading = readManifests('manifests.yaml', yaml);
  if (reading.kind !== 'manifests') throw new Error(`no manifests: ${JSON.stringify(reading)}`);
  const rules = [autoscalerLimits, filesystemPlugin, podAutoscaler, metricsPort, objectStorageKey];
  return judge(rules, new Universe(reading.subjects), 'everything').map(({ rule, offence: { path } }) => `${rule.id} ${formatPath(path)}`);
}

const flink = (spec: string, name = 'app') => `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: ${name}, namespace: flink}
spec: ${spec}
---`;
const policy = (ports: string, selector = '{matchLabels: {type: flink-native-kubernetes}}') => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: flink, namespace: flink}
spec: {podSelector: ${selector}, policyTypes: [Ingress], ingress: [{ports: ${ports}}]}
---`;
const hpa = (target: string, namespace = 'flink') => `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: app, namespace: ${namespace}}
spec: {maxReplicas: 4, scaleTargetRef: ${target}}
---`;
const target = '{apiVersion: flink.apache.org/v1beta1, kind: FlinkDeployment, name: app}';

describe('R80: security/metrics-port', () => {
  const pinned = '[{port: 6121}, {port: 6122}]';

  it('finds a port by chance, one that the policy does not have, and a single TaskManager too', () => {
    expect(found(flink('{}') + policy(pinned))).toEqual(['security/metrics-port spec.flinkConfiguration[metrics.internal.query-service.port]']);
    expect(found(flink('{flinkConfiguration: {metrics.internal.query-service.port: 6125}}') + policy(pinned))).toHaveLength(1);
    expect(found(flink('{job: {parallelism: 1}}') + policy(pinned))).toHaveLength(1);
  });

  it.each([
    ['the port in the policy', flink('{flinkConfiguration: {metrics.internal.query-service.port: "6125"}}') + policy('[{port: 6122}, {port: 6125}]')],
    ['a range of ports', flink('{flinkConfiguration: {metrics.internal.query-service.port: 50100-50200}}') + policy(pinned)],
    ['a range in the policy', flink('{}') + policy('[{port: 6122}, {port: 32768, endPort: 60999}]')],
    ['a policy of other pods', flink('{}') + policy(pinned, '{matchLabels: {app: other}}')],
    ['no policy', flink('{}')],
    ['what is filled in later', flink('{flinkConfiguration: {metrics.internal.query-service.port: "${PORT}"}}') + policy(pinned)],
  ])('says nothing of %s', (_what, yaml) => {
    expect(found(yaml)).toEqual([]);
  });
});

describe('R40: flink/autoscaler-limits', () => {
  const settings = (text: string) => flink(`{flinkVersion: v2_2, flinkConfiguration: {${text}}}`);

  it('finds a limit above the maximum parallelism, under the former prefix too, and limits in the wrong order', () => {
    expect(found(settings('job.autoscaler.enabled: true, job.autoscaler.vertex.max-parallelism: 200, pipeline.max-parallelism: 120'))).toEqual([
      'flink/autoscaler-limits spec.flinkConfiguration[job.autoscaler.vertex.max-parallelism]',
    ]);
    const former = 'kubernetes.operator.job.autoscaler.';
    expect(found(settings(`${former}enabled: "true", ${former}vertex.max-parallelism: "200", pipeline.max-parallelism: "120"`))).toHaveLength(1);
    expect(found(settings('job.autoscaler.enabled: "true", job.autoscaler.vertex.min-parallelism: "8", job.autoscaler.vertex.max-parallelism: "4"'))).toEqual([
      'flink/autoscaler-limits spec.flinkConfiguration[job.autoscaler.vertex.min-parallelism]',
    ]);
  });

  it.each([
    ['an autoscaler that is off', 'job.autoscaler.vertex.max-parallelism: 200, pipeline.max-parallelism: 120'],
    ['the default limit', 'job.autoscaler.enabled: true, pipeline.max-parallelism: 120'],
    ['a maximum parallelism that Flink chooses', 'job.autoscaler.enabled: true, job.autoscaler.vertex.max-parallelism: 200, pipeline.max-parallelism: -1'],
    ['the same number', 'job.autoscaler.enabled: true, job.autoscaler.vertex.max-parallelism: 120, pipeline.max-parallelism: 120'],
  ])('says nothing of %s', (_what, text) => {
    expect(found(settings(text))).toEqual([]);
  });
});

describe('R40: references/pod-autoscaler', () => {
  it('finds one over a cluster in native mode, the default', () => {
    expect(found(hpa(target) + flink('{}'))).toEqual(['references/pod-autoscaler spec.scaleTargetRef.name']);
    expect(found(hpa(target) + flink('{mode: native}'))).toHaveLength(1);
  });

  it.each([
    ['standalone mode', hpa(target) + flink('{mode: standalone}')],
    ['a Deployment of that name', hpa('{apiVersion: apps/v1, kind: Deployment, name: app}') + flink('{}')],
    ['a cluster in another namespace', hpa(target, 'other') + flink('{}')],
    ['a cluster that is not here', hpa(target)],
  ])('says nothing of %s', (_what, yaml) => {
    expect(found(yaml)).toEqual([]);
  });
});

describe('R47: security/object-storage-key', () => {
  it.each([
    'fs.s3a.session.token',
    's3.session-token',
    'fs.oss.securityToken',
    'fs.azure.account.oauth2.client.secret',
    'fs.azure.account.oauth2.client.secret.account.dfs.core.windows.net',
    'fs.azure.sas.fixed.token',
    'fs.azure.account.key.account.dfs.core.windows.net',
  ])('finds %s', (key) => {
    expect(found(flink(`{flinkConfiguration: {${key}: "0123456789"}}`))).toEqual([`security/object-storage-key spec.flinkConfiguration[${key}]`]);
  });

  it.each(['fs.azure.account.oauth2.client.id', 'fs.azure.account.auth.type', 's3.endpoint', 'fs.azure.sas-token.provider', 's3.connection.maximum'])(
    'says nothing of %s',
    (key) => {
      expect(found(flink(`{flinkConfiguration: {${key}: "0123456789"}}`))).toEqual([]);
    },
  );
});

describe('R47: flink/filesystem-plugin', () => {
  const storedAt = (directory: string, plugins: string, more = '') =>
    flink(
      `{image: "flink:2.2.1", flinkVersion: v2_2, flinkConfiguration: {execution.checkpointing.dir: "${directory}"}, podTemplate: {spec: {containers: [{name: flink-main-container, env: [{name: ENABLE_BUILT_IN_PLUGINS, ${plugins}}]${more}}]}}}`,
    );
  const presto = 'value: flink-s3-fs-presto-2.2.1.jar';
  const finding = 'flink/filesystem-plugin spec.flinkConfiguration[execution.checkpointing.dir]';

  it('finds a plugin for another storage', () => {
    expect(found(storedAt('gs://orders/checkpoints', presto))).toEqual([finding]);
    expect(found(storedAt('s3a://orders/checkpoints', presto))).toEqual([finding]);
  });

  it.each([
    ['the plugin of the storage', storedAt('s3://orders/checkpoints', presto)],
    ['the other plugin of S3', storedAt('s3://orders/checkpoints', 'value: flink-s3-fs-hadoop-2.2.1.jar')],
    ['one plugin of several', storedAt('gs://orders/checkpoints', 'value: "flink-s3-fs-presto-2.2.1.jar; flink-gs-fs-hadoop-2.2.1.jar"')],
    ['a name that is filled in later', storedAt('gs://orders/checkpoints', 'value: "${PLUGINS}"')],
    ['a name from elsewhere', storedAt('gs://orders/checkpoints', 'valueFrom: {configMapKeyRef: {name: a, key: b}}')],
    ['plugins that are mounted', storedAt('gs://orders/checkpoints', presto, ', volumeMounts: [{name: a, mountPath: /opt/flink/plugins/gs}]')],
  ])('says nothing of %s', (_what, yaml) => {
    expect(found(yaml)).toEqual([]);
  });
});
