import { expect, it } from 'vitest';

import { checkFiles, said } from './run.fixture.js';

const topic = (name: string): string => `
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: ${name}, namespace: kafka}
spec: {partitions: 3, replicas: 3}
`;
const except = (rule: string, kind: string, name: string): string => `rules: {${rule}: {exceptions: [{kind: ${kind}, name: ${name}, reason: "not ours"}]}}\n`;

it.each(['enrichment', 'cdfghkmtbb'])('an exception for a topic excepts no other whose name goes on with -%s', async (end) => {
  const report = await checkFiles({
    'millrace.yaml': except('strimzi/cluster-label', 'KafkaTopic', 'orders'),
    'kafka/orders.yaml': topic('orders'),
    'kafka/other.yaml': topic(`orders-${end}`),
  });
  expect(said(report)).toEqual(['strimzi/cluster-label kafka/other.yaml:3:1']);
  expect(report.excepted.map(({ finding }) => finding.file)).toEqual(['kafka/orders.yaml']);
});

it('an exception names what a generator makes without the hash, and nothing else that begins so', async () => {
  const report = await checkFiles({
    'millrace.yaml': except('security/secret', 'Secret', 'db'),
    'a/kustomization.yaml': 'secretGenerator: [{name: db, literals: [password=hunter22]}]\nresources: [other.yaml]\n',
    'a/other.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: db-enrichment}\nstringData: {password: hunter22}\n',
  });
  expect(said(report).filter((line) => line.startsWith('security/'))).toEqual(['security/secret a/other.yaml:4:1']);
  expect(report.excepted).toHaveLength(1);
});
