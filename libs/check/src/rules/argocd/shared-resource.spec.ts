import { expect, it } from 'vitest';

import { checkFiles, said } from '../../run.fixture.js';

const application = (name: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  project: platform
  source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: ${name}}
  destination: {server: https://kubernetes.default.svc, namespace: team-${name}}
`;
const role = (kind: string): string => `
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: {name: stream-reader}
rules: [{apiGroups: [kafka.strimzi.io], resources: [kafkatopics], verbs: [get]}]
`;

async function shared(kind: string): Promise<readonly string[]> {
  const files = { 'argocd/a.yaml': application('a'), 'argocd/b.yaml': application('b'), 'a/role.yaml': role(kind), 'b/role.yaml': role(kind) };
  return said(await checkFiles(files)).filter((line) => line.startsWith('argocd/shared-resource'));
}

it('R58: what belongs to the cluster is one, into whatever namespaces its Applications deliver', async () => {
  expect(await shared('ClusterRole')).toEqual(['argocd/shared-resource argocd/b.yaml:6:83']);
});

it('R58: what lives in namespaces is two in two', async () => {
  expect(await shared('Role')).toEqual([]);
});
