import { describe, expect, it } from 'vitest';

import { readManifests } from './sources/read-manifests.js';
import type { Subject } from './subject.js';
import { withDestinations } from './with-destinations.js';

const OWN = 'https://git.acme.example/streaming.git';
const plain = (path: string): string => `source: {repoURL: "${OWN}", targetRevision: main, path: ${path}}`;

function application(name: string, source: string, namespace: string | undefined): string {
  return `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  project: platform
  ${source}
  destination: {server: https://kubernetes.default.svc${namespace === undefined ? '' : `, namespace: "${namespace}"`}}
`;
}

const resource = (groupKind: string, name = 'it'): string => {
  const at = groupKind.lastIndexOf('/');
  return `apiVersion: ${at < 0 ? '' : `${groupKind.slice(0, at)}/`}v1\nkind: ${groupKind.slice(at + 1)}\nmetadata: {name: ${name}}\n`;
};

/** The namespaces of what lies in files, by file. */
function namespaces(files: Readonly<Record<string, string>>): Readonly<Record<string, string | undefined>> {
  const subjects = Object.entries(files).flatMap(([file, text]) => {
    const reading = readManifests(file, text);
    if (reading.kind !== 'manifests') throw new Error(file);
    return reading.subjects;
  });
  const fileOf = ({ origin }: Subject): string => (origin.kind === 'file' ? origin.file : origin.overlay);
  const given = withDestinations(subjects, { repository: { repoURL: OWN } });
  return Object.fromEntries(given.filter((subject) => !fileOf(subject).startsWith('argocd/')).map((subject) => [fileOf(subject), subject.namespace]));
}

const TOPIC = resource('kafka.strimzi.io/KafkaTopic');

describe('the namespace of a resource that names none', () => {
  it('is that of the Application which delivers it', () => {
    expect(namespaces({ 'argocd/a.yaml': application('a', plain('kafka/'), 'streams'), 'kafka/t.yaml': TOPIC, 'other/t.yaml': TOPIC })).toEqual({
      'kafka/t.yaml': 'streams',
      'other/t.yaml': undefined,
    });
  });

  it('is not known where Applications deliver one path into several', () => {
    const both = (second: string): string => `${application('dev', plain('kafka'), 'kafka-dev')}---${application('prod', plain('kafka'), second)}`;
    expect(namespaces({ 'argocd/a.yaml': both('kafka-prod'), 'kafka/t.yaml': TOPIC })).toEqual({ 'kafka/t.yaml': undefined });
    expect(namespaces({ 'argocd/a.yaml': both('{{ namespace }}'), 'kafka/t.yaml': TOPIC })).toEqual({ 'kafka/t.yaml': undefined });
    expect(namespaces({ 'argocd/a.yaml': both('kafka-dev'), 'kafka/t.yaml': TOPIC })).toEqual({ 'kafka/t.yaml': 'kafka-dev' });
  });

  it.each([
    [
      'the root that a chart of a registry names',
      'source: {repoURL: oci://quay.io/strimzi-helm/strimzi-kafka-operator, path: ., targetRevision: 1.2.0}',
      't.yaml',
    ],
    ['a folder of another repository', 'source: {repoURL: https://git.acme.example/other.git, targetRevision: main, path: kafka}', 'kafka/t.yaml'],
    ['the folder of a chart', `source: {repoURL: "${OWN}", path: kafka, helm: {releaseName: kafka}}`, 'kafka/t.yaml'],
  ])('is not that of %s', (_what, source, file) => {
    expect(namespaces({ 'argocd/a.yaml': application('a', source, 'streams'), [file]: TOPIC })).toEqual({ [file]: undefined });
  });

  it('is that of one of several sources, and of what lies below where the folder is read with it', () => {
    const sources = `sources: [{repoURL: https://charts.acme.example, chart: kafka, targetRevision: 1.0.0}, {repoURL: "${OWN}", path: kafka, directory: {recurse: true}}]`;
    expect(namespaces({ 'argocd/a.yaml': application('a', sources, 'streams'), 'kafka/topics/t.yaml': TOPIC })).toEqual({ 'kafka/topics/t.yaml': 'streams' });
  });

  it.each([
    ['argoproj.io/AppProject', 'streams'],
    ['rbac.authorization.k8s.io/ClusterRole', undefined],
    ['external-secrets.io/ClusterSecretStore', undefined],
    ['acme.example/Quota', 'streams'],
  ])('of the kind %s is %s', (groupKind, namespace) => {
    expect(namespaces({ 'argocd/a.yaml': application('a', plain('kafka'), 'streams'), 'kafka/it.yaml': resource(groupKind) })).toEqual({
      'kafka/it.yaml': namespace,
    });
  });

  it.each([
    ['Cluster', 'Widget', undefined],
    ['Namespaced', 'ClusterQuota', 'streams'],
  ])('of a kind whose definition says %s is told by it, whatever the name', (scope, kind, namespace) => {
    const definition = `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: it}\nspec: {group: acme.example, scope: ${scope}, names: {kind: ${kind}}}\n`;
    const files = {
      'argocd/a.yaml': application('a', plain('kafka'), 'streams'),
      'crds/it.yaml': definition,
      'kafka/it.yaml': resource(`acme.example/${kind}`),
    };
    expect(namespaces(files)).toEqual({ 'crds/it.yaml': undefined, 'kafka/it.yaml': namespace });
  });
});
