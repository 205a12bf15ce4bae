import { describe, expect, it } from 'vitest';

import { checkFiles } from '../run.fixture.js';

const CLUSTER = `
      image: registry.acme.example/orders/order-processor:1.4.2
      flinkVersion: v2_2
      serviceAccount: flink
      jobManager: {resource: {memory: 2048m, cpu: 1}}
      taskManager: {resource: {memory: 4096m, cpu: 2}}`;
const blueGreen = (spec: string) => `
apiVersion: flink.apache.org/v1beta1
kind: FlinkBlueGreenDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  template:
    spec:${CLUSTER}
      flinkConfiguration: {high-availability.type: kubernetes, high-availability.storageDir: s3://a/ha, execution.checkpointing.dir: s3://a/c, execution.checkpointing.savepoint-dir: s3://a/s, s3.secret-key: abcdefghijklmnop}
${spec}`;

/** What is found, by rule and field. */
async function found(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { findings } = await checkFiles(files);
  return findings.flatMap(({ rule, path }) => (rule.startsWith('schema/') ? [] : [`${rule} ${path ?? ''}`])).sort();
}

describe('a FlinkBlueGreenDeployment', () => {
  it('R46, R47, R71, R78, R81: has its pods, its settings and its arguments looked at as a FlinkDeployment has', async () => {
    const text = blueGreen(`      podTemplate:
        spec:
          containers:
            - name: flink-main-container
              securityContext: {privileged: true}
              env: [{name: DB_PASSWORD, value: hunter2secret}, {name: KAFKA_PASSWORD, valueFrom: {secretKeyRef: {name: order-processor, key: passwrd}}}]
      taskManager: {resource: {memory: 4096m, cpu: 2}, podTemplate: {spec: {hostNetwork: true}}}
      job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", parallelism: 2, upgradeMode: savepoint, args: [--password, hunter2secret, --sasl.username, orders]}
`).replace('      taskManager: {resource: {memory: 4096m, cpu: 2}}\n', '');
    const user =
      'apiVersion: kafka.strimzi.io/v1\nkind: KafkaUser\nmetadata: {name: order-processor, namespace: flink, labels: {strimzi.io/cluster: c}}\nspec: {authentication: {type: scram-sha-512}}\n';
    const at = 'spec.template.spec';
    expect(await found({ 'job.yaml': text, 'user.yaml': user })).toEqual([
      `references/secret-key ${at}.podTemplate.spec.containers[0].env[1].valueFrom.secretKeyRef.key`,
      `security/literal-password ${at}.job.args[0]`,
      `security/literal-password ${at}.podTemplate.spec.containers[0].env[0].value`,
      `security/node-access ${at}.podTemplate.spec.containers[0].securityContext.privileged`,
      `security/node-access ${at}.taskManager.podTemplate.spec.hostNetwork`,
      `security/object-storage-key ${at}.flinkConfiguration[s3.secret-key]`,
      `security/sasl-properties ${at}.job.args[2]`,
    ]);
  });

  it('R81: makes the pods that its namespace lets in, of each role', async () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: flink, labels: {pod-security.kubernetes.io/enforce: restricted}}\n';
    const { findings } = await checkFiles({ 'namespace.yaml': namespace, 'job.yaml': blueGreen('      podTemplate: {spec: {}}\n') });
    expect(findings.filter(({ rule }) => rule === 'security/enforced-pod-security').map(({ message }) => message)).toEqual([
      expect.stringContaining('the container flink-main-container lacks allowPrivilegeEscalation: false'),
    ]);
  });

  it('R45: runs as a service account of its namespace', async () => {
    const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: jobs, namespace: other}\n---';
    const text = `${account}${blueGreen('').replace('serviceAccount: flink', 'serviceAccount: jobs')}`;
    expect((await found({ 'all.yaml': text })).filter((line) => line.startsWith('references/'))).toEqual([
      'references/service-account spec.template.spec.serviceAccount',
    ]);
    expect((await found({ 'all.yaml': text.replace('namespace: other', 'namespace: flink') })).filter((line) => line.startsWith('references/'))).toEqual([]);
  });

  it('R42: fights with itself for one transactional id', async () => {
    const job = (guarantee: string) =>
      blueGreen(
        `      job: {jarURI: "local:///a.jar", parallelism: 2, upgradeMode: savepoint, args: [--guarantee, ${guarantee}, --transactional-id-prefix, orders-]}\n`,
      );
    const said = async (text: string) => (await found({ 'job.yaml': text })).filter((line) => line.startsWith('references/blue-green'));
    expect(await said(job('EXACTLY_ONCE'))).toEqual(['references/blue-green spec.template.spec.job.args[3]']);
    expect(await said(job('AT_LEAST_ONCE'))).toEqual([]);
  });

  it('R87: fights with another deployment for one, too', async () => {
    const job = blueGreen('      job: {jarURI: "local:///a.jar", parallelism: 2, upgradeMode: savepoint, args: [--transactional-id-prefix, orders-]}\n');
    const other = `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: billing, namespace: flink}
spec: {job: {args: [--transactional-id-prefix, orders-]}}
`;
    expect((await found({ 'job.yaml': `${job}---${other}` })).filter((line) => line.startsWith('references/transactional-id'))).toHaveLength(2);
  });
});
