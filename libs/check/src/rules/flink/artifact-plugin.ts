import { scalarText } from '../../field.js';
import { APPLICATION } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { chartNameOf, sourcesOf } from '../argocd/applications.js';
import { chartValues } from '../operators/chart-values.js';
import { operatorsOf } from '../operators/operators.js';
import { pluginOf } from './filesystems.js';

const SCHEMES = 'kubernetes.operator.user.artifacts.allowed-schemes';
/** What the project publishes, under any of its names. */
const PUBLISHED = /^(?:(?:ghcr|docker)\.io\/)?apache\/flink-kubernetes-operator$/;

export const artifactPlugin: ReferenceRule = {
  id: 'flink/artifact-plugin',
  severity: 'warning',
  title: "The Flink operator's image can fetch the jars that it may fetch",
  source:
    'R35; flink-kubernetes-operator 1.15, FileSystemBasedArtifactFetcher.java (it fetches with the plugins of its own image), pom.xml and Dockerfile (which are those of metrics)',
  consequence: 'A session job whose jar comes from there does not start: "Could not find a file system implementation for scheme".',
  fix: `Name an image that has the plugin (image.repository and image.tag of the values), or take the scheme out of ${SCHEMES}.`,
  reach: 'references',
  on: [APPLICATION],
  *check(application, universe) {
    const schemes = operatorsOf(universe).flatMap((operator) => (operator.from === application ? (operator.schemes ?? []) : []));
    const lacking = schemes.filter((scheme) => pluginOf(scheme) !== undefined);
    if (lacking.length === 0) return;
    for (const source of sourcesOf(application)) {
      if (chartNameOf(source) !== 'flink-kubernetes-operator') continue;
      const values = chartValues(application, source, universe);
      // What cannot be read may name an image, and a mounted folder may have the plugin.
      if (!values.isComplete || values.at('operatorVolumeMounts', 'create')?.value === true) continue;
      const image = values.at('image', 'repository');
      if (image !== undefined && !PUBLISHED.test(scalarText(image.value) ?? '')) continue;
      const plugins = [...new Set(lacking.map(pluginOf))].join(', ');
      yield {
        path: image?.path ?? [...source.at, 'chart'],
        message: `the operator may fetch jars over ${lacking.join(', ')}, and the published image has no plugin for that (${plugins})`,
      };
    }
  },
  passes: example('{image: {repository: registry.acme.example/flink-operator-s3, tag: 1.15.0}, '),
  fails: example('{'),
};

function example(values: string): string {
  return `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: flink-operator, namespace: argocd}
spec:
  project: operators
  source:
    repoURL: https://archive.apache.org/dist/flink/flink-kubernetes-operator-1.15.0/
    chart: flink-kubernetes-operator
    targetRevision: 1.15.0
    helm:
      valuesObject: ${values}defaultConfiguration: {flink-conf.yaml: "${SCHEMES}: https;s3"}}
  destination: {server: https://kubernetes.default.svc, namespace: flink-operator}
`;
}
