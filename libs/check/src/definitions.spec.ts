import { expect, it } from 'vitest';

import { checkFiles, said } from './run.fixture.js';

const MILLRACE = 'repository: {url: https://git.acme.example/streaming.git}\nteams: {}\n';
const definition = (type: string): string => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: quotas.acme.example}
spec:
  group: acme.example
  scope: Namespaced
  names: {plural: quotas, singular: quota, kind: Quota, listKind: QuotaList}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {topics: {type: ${type}}}}}}}}]
`;
const quota = (topics: string): string => `apiVersion: acme.example/v1\nkind: Quota\nmetadata: {name: orders, namespace: kafka}\nspec: {topics: ${topics}}\n`;

async function schemaFindings(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return said(await checkFiles({ 'millrace.yaml': MILLRACE, ...files })).filter((line) => line.startsWith('schema/'));
}

it('are those of the own environment, where two have definitions of one kind that differ', async () => {
  const files = {
    'environments/dev/crds.yaml': definition('string'),
    'environments/dev/quota.yaml': quota('many'),
    'environments/prod/crds.yaml': definition('integer'),
    'environments/prod/quota.yaml': quota('5'),
  };
  expect(await schemaFindings(files)).toEqual([]);
  expect(await schemaFindings({ ...files, 'environments/dev/quota.yaml': quota('5'), 'environments/prod/quota.yaml': quota('many') })).toEqual([
    'schema/invalid-value environments/dev/quota.yaml:4:8',
    'schema/invalid-value environments/prod/quota.yaml:4:8',
  ]);
});

it('are those of another environment where neither the own one nor the platform has any', async () => {
  expect(await schemaFindings({ 'environments/dev/crds.yaml': definition('integer'), 'environments/prod/quota.yaml': quota('many') })).toEqual([
    'schema/invalid-value environments/prod/quota.yaml:4:8',
  ]);
});

it('are those that belong to no environment, where the environment has none', async () => {
  expect(await schemaFindings({ 'crds/quota.yaml': definition('integer'), 'environments/prod/quota.yaml': quota('many') })).toEqual([
    'schema/invalid-value environments/prod/quota.yaml:4:8',
  ]);
});
