import { fieldAt, listAt, textAt } from '../../field.js';
import { APPLICATION } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import type { ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import type { Universe } from '../../universe.js';
import { argoCdOf, destinationCluster, sourcesOf } from '../argocd/applications.js';
import { chartValues } from '../operators/chart-values.js';
import { operatorsOf, type Operator, type Watched } from '../operators/operators.js';

const NAMES: Readonly<Record<Operator['kind'], string>> = { strimzi: 'Strimzi', flink: 'Flink' };

export const operatorsApart: ReferenceRule = {
  id: 'references/operators-apart',
  severity: 'warning',
  title: 'No two operators of one kind look after one namespace',
  source:
    'R23, R45; Strimzi documentation, "Deploying multiple Cluster Operators" (proc-configuring-multiple-cluster-operators); flink-kubernetes-operator documentation, "Helm" (watching only specific namespaces)',
  consequence: 'Both act on every resource of it: one undoes what the other does, and where their versions differ, pods are rolled to and fro without end.',
  fix: 'Let each watch namespaces of its own (watchNamespaces of its values), or remove one of the two.',
  reach: 'references',
  on: [APPLICATION],
  *check(application, universe) {
    for (const mine of operatorsOf(universe).filter(({ from }) => from === application)) {
      const place = placeOf(mine, universe);
      const other = (byPlace(universe).get(place ?? '') ?? []).find((each) => each.from !== application && both(mine.watched, each.watched) !== undefined);
      if (place === undefined || other === undefined || isSame(other.from, application)) continue;
      yield {
        path: ['metadata', 'name'],
        message: `this operator of ${NAMES[mine.kind]} and that of the Application ${other.from.resource.name} both watch ${both(mine.watched, other.watched) ?? ''}`,
      };
    }
  },
  passes: example('analytics'),
  fails: example('kafka'),
};

/** Operators by where they run. */
const byPlace = oncePerUniverse((universe) => {
  const places = new Map<string, Operator[]>();
  for (const operator of operatorsOf(universe)) {
    const place = placeOf(operator, universe);
    if (place !== undefined) places.set(place, [...(places.get(place) ?? []), operator]);
  }
  return places;
});

/** The kind of an operator and its cluster; undefined where it is not known, or where labels tell which resources are whose. */
function placeOf({ kind, from }: Operator, universe: Universe): string | undefined {
  const cluster = from.groupKind === APPLICATION ? destinationCluster(from) : undefined;
  if (cluster === undefined || isSelective(from, universe)) return undefined;
  return [kind, from.scope, argoCdOf(from, universe), cluster].join('\n');
}

/** Whether an operator takes only resources with some label (STRIMZI_CUSTOM_RESOURCE_SELECTOR, kubernetes.operator.label.selector). */
function isSelective(application: Subject, universe: Universe): boolean {
  return sourcesOf(application).some((source) => {
    const values = chartValues(application, source, universe);
    const variables = values.at('extraEnvs')?.value;
    const names = listAt({ list: variables ?? null }, 'list').map((variable) => textAt(variable, 'name'));
    const settings = ['config.yaml', 'flink-conf.yaml'].map((file) => values.at('defaultConfiguration', file)?.value);
    return (
      names.includes('STRIMZI_CUSTOM_RESOURCE_SELECTOR') ||
      settings.some((text) => typeof text === 'string' && /label\.selector/.test(text)) ||
      fieldAt(application.resource.body, ...source.at, 'plugin') !== undefined
    );
  });
}

/** What two watch; undefined where they share nothing, or where it is not known. */
function both(one: Watched, other: Watched): string | undefined {
  if (one === undefined || other === undefined) return undefined;
  if (one === 'everywhere') return other === 'everywhere' ? 'every namespace' : `namespace ${[...other].join(', ')}`;
  if (other === 'everywhere') return `namespace ${[...one].join(', ')}`;
  const shared = [...one].filter((namespace) => other.has(namespace));
  return shared.length === 0 ? undefined : `namespace ${shared.join(', ')}`;
}

function isSame(one: Subject, other: Subject): boolean {
  return one.resource.name === other.resource.name && one.namespace === other.namespace;
}

function example(second: string): string {
  const operator = (name: string, watched: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  project: operators
  source:
    repoURL: oci://quay.io/strimzi-helm/strimzi-kafka-operator
    path: .
    targetRevision: 1.2.0
    helm: {valuesObject: {watchNamespaces: [${watched}]}}
  destination: {server: https://kubernetes.default.svc, namespace: ${name}}
`;
  return `${operator('strimzi-one', 'kafka')}---${operator('strimzi-two', second)}`;
}
