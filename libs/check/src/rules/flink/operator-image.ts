import { fieldAt } from '../../field.js';
import { APPLICATION } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import { chartNameOf, sourcesOf, type Source } from '../argocd/applications.js';
import { chartValues } from '../operators/chart-values.js';

const CHART = 'flink-kubernetes-operator';

export const operatorImage: ReferenceRule = {
  id: 'flink/operator-image',
  severity: 'warning',
  title: "The Flink operator's image is that of a release",
  source:
    'R44; flink-kubernetes-operator, helm/flink-kubernetes-operator/values.yaml (image.tag: latest) and tools/releasing/create_source_release.sh, which writes the version into the chart of a release',
  consequence: 'A pod that starts anew may run another operator than yesterday, with definitions that it does not fit; nothing in git says which.',
  fix: 'Set image.tag (or image.digest) in the values of the chart to the version of the release.',
  reach: 'references',
  on: [APPLICATION],
  *check(application, universe) {
    for (const source of sourcesOf(application)) {
      const isGit = isOfGit(source);
      if (!isGit && chartNameOf(source) !== CHART) continue;
      const values = chartValues(application, source, universe);
      if (values.at('image', 'digest')?.value) continue;
      const tag = values.at('image', 'tag');
      if (tag?.value === 'latest' || tag?.value === 'main') yield { path: tag.path, message: `image.tag of the operator is ${tag.value}` };
      else if (isGit && tag === undefined && values.isComplete) {
        yield {
          path: [...source.at, 'repoURL'],
          message: `the chart is taken from the operator's git repository, where image.tag is latest, and the values name no other${ofSource(application, source)}`,
        };
      }
    }
  },
  passes: example('{image: {tag: 1.15.0}}'),
  fails: example('{image: {tag: latest}}'),
};

/** Whether a source is the chart as it lies in the operator's own repository. */
function isOfGit({ repoURL = '', folder = '' }: Source): boolean {
  return /[/:]flink-kubernetes-operator(?:\.git)?\/?$/.test(repoURL) && folder === `helm/${CHART}`;
}

function ofSource(application: Subject, { at }: Source): string {
  const revision = fieldAt(application.resource.body, ...at, 'targetRevision');
  return typeof revision === 'string' && revision !== '' ? ` (${revision})` : '';
}

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
    helm: {valuesObject: ${values}}
  destination: {server: https://kubernetes.default.svc, namespace: flink-operator}
`;
}
