import { scalarText } from '../../field.js';
import { APPLICATION } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { chartNameOf, sourcesOf } from '../argocd/applications.js';
import { chartValues } from '../operators/chart-values.js';
import { operatorsOf } from '../operators/operators.js';
import { configuredPairs } from './operator-defaults.js';

const ELECTION = 'kubernetes.operator.leader-election.enabled';

export const operatorElection: ReferenceRule = {
  id: 'flink/operator-election',
  severity: 'error',
  title: 'Several pods of the Flink operator elect one that acts',
  source:
    'R45; flink-kubernetes-operator, helm/flink-kubernetes-operator/values.yaml (replicas, strategy), KubernetesOperatorConfigOptions.java (leader-election, off by default)',
  consequence: 'Every pod acts: the same job is submitted, stopped and given savepoints by each of them at once.',
  fix: `Set replicas to 1, or \`${ELECTION}: true\` and kubernetes.operator.leader-election.lease-name in defaultConfiguration.flink-conf.yaml of the values.`,
  reach: 'references',
  on: [APPLICATION],
  *check(application, universe) {
    for (const source of sourcesOf(application)) {
      if (chartNameOf(source) !== 'flink-kubernetes-operator') continue;
      const replicas = chartValues(application, source, universe).at('replicas');
      const text = scalarText(replicas?.value);
      if (replicas === undefined || text === undefined || !(Number(text) > 1)) continue;
      const [operator] = operatorsOf(universe).filter(({ from }) => from === application);
      // What cannot be read may switch the election on.
      if (operator?.configuration === undefined) continue;
      if (configuredPairs(operator.configuration).some(([key, text]) => key === ELECTION && text.toLowerCase() === 'true')) continue;
      yield { path: replicas.path, message: `the operator has ${text} pods, and ${ELECTION} is not true` };
    }
  },
  passes: example('{replicas: 2, defaultConfiguration: {flink-conf.yaml: "kubernetes.operator.leader-election.enabled: true"}}'),
  fails: example('{replicas: 2}'),
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
    helm: {valuesObject: ${values}}
  destination: {server: https://kubernetes.default.svc, namespace: flink-operator}
`;
}
