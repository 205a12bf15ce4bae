import { expect, it } from 'vitest';

import { checkFiles } from '../../run.fixture.js';

const application = (destination: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: kafka, namespace: argocd}
spec:
  project: platform
  source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: kafka}
  destination: ${destination}
`;

it('that misspells its server is told so, beside that it has none', async () => {
  const { findings } = await checkFiles({ 'app.yaml': application('{serverr: https://kubernetes.default.svc, namespace: kafka}') });
  expect(findings.map(({ rule, path, fix }) => [rule, path, fix.split('.')[0]])).toEqual([
    ['argocd/destination', 'spec.destination.server', 'Write the address of the cluster into destination'],
    ['schema/unknown-field', 'spec.destination.serverr', 'Did you mean server? Correct the name of the field, or remove it'],
  ]);
});

it('that has neither says what it has, and where to write the cluster', async () => {
  const { findings } = await checkFiles({ 'app.yaml': application('{namespace: kafka}') });
  expect(findings.map(({ message }) => message)).toEqual(['the destination has neither a server nor a name; it has namespace']);
});
