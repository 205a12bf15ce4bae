import { describe, expect, it } from 'vitest';

import { checkFiles } from './run.fixture.js';

const resource = (apiVersion: string, kind: string, rest: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a, namespace: flink}\n${rest}\n`;
const found = async (text: string) =>
  (await checkFiles({ 'a.yaml': text })).findings.map(({ rule, severity, message, fix }) => ({ rule, severity, message, fix }));

describe("kinds of Kubernetes' own", () => {
  it('are validated: a slice of endpoints', async () => {
    const slice = (type: string) =>
      resource('discovery.k8s.io/v1', 'EndpointSlice', `addressType: ${type}\nendpoints: [{addresses: [10.0.0.4]}]\nports: [{name: db, port: 5432}]`);
    expect(await found(slice('IPv4'))).toEqual([]);
    expect(await found(slice('IPv5'))).toMatchObject([{ rule: 'schema/invalid-value', severity: 'error' }]);
  });

  it.each([
    ['flowcontrol.apiserver.k8s.io/v1', 'PriorityLevelConfiguration'],
    ['resource.k8s.io/v1', 'DeviceClass'],
    ['v1', 'Endpoints'],
  ])('that the check does not know are said to be that, with what can be done: %s %s', async (apiVersion, kind) => {
    const [finding, ...others] = await found(resource(apiVersion, kind, 'spec: {}'));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: 'schema/unknown-kind', severity: 'warning' });
    expect(finding?.message).toContain("is Kubernetes' own, and not among the kinds that the check knows");
    expect(finding?.fix).toMatch(/kubectl apply --dry-run=server.*except/);
  });

  it('are misspelt where the group has none of that name, and no definition of it can be added', async () => {
    const [finding] = await found(resource('flowcontrol.apiserver.k8s.io/v1', 'PriorityLevel', 'spec: {}'));
    expect(finding).toMatchObject({ rule: 'schema/unknown-kind', fix: "Correct apiVersion or kind: the group is Kubernetes' own, and has no such kind." });
  });
});
