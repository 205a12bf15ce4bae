import type { Value } from '@millrace/kustomize';

import { fieldAt, hasField, listAt, mapAt, numberAt, textAt, textsAt } from '../../field.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import type { Subject } from '../../subject.js';
import type { Universe } from '../../universe.js';

/** At which every TaskManager is called: a policy that lets this through is meant to be complete. */
const RPC_PORT = 6122;

/** The policies that pin what reaches the TaskManagers of a deployment, and the ports that they let through. */
export interface PinnedPorts {
  readonly policies: readonly string[];
  readonly ports: readonly number[];
}

/** What network policies let through to the TaskManagers of a deployment; undefined where they pin no ports, or none is known. */
export function taskManagerPorts(subject: Subject, universe: Universe): PinnedPorts | undefined {
  if (subject.namespace === undefined) return undefined;
  const policies = byApp(universe)
    .all(...[`app ${subject.resource.name}`, 'any app'].map((app) => [subject.scope, subject.namespace, app].join('\n')))
    .filter((policy) => isAboutTaskManagers(policy, subject));
  const rules = policies.flatMap(({ resource }) => listAt(resource.body, 'spec', 'ingress'));
  const ports = rules.flatMap((rule) => listAt(rule, 'ports'));
  // Policies add up: one that names no ports, or a range of them, may be the one that lets it through.
  if (rules.some((rule) => listAt(rule, 'ports').length === 0)) return undefined;
  const numbers = ports.flatMap((port) => (hasField(port, 'endPort') ? [] : (numberAt(port, 'port') ?? [])));
  if (numbers.length < ports.length || !numbers.includes(RPC_PORT)) return undefined;
  return { policies: policies.map(({ resource }) => resource.name), ports: numbers };
}

/** Policies by the app whose pods they select: many are of one deployment each. */
const byApp = oncePerUniverse(
  (universe) =>
    new OrderedIndex(universe.of('networking.k8s.io/NetworkPolicy'), ({ scope, namespace, resource }) => {
      const app = fieldAt(resource.body, 'spec', 'podSelector', 'matchLabels', 'app');
      if (namespace === undefined || (app !== undefined && typeof app !== 'string')) return [];
      return [[scope, namespace, app === undefined ? 'any app' : `app ${app}`].join('\n')];
    }),
);

/** Whether a policy for what comes in selects the TaskManagers of a deployment, by the labels that Flink gives them. */
function isAboutTaskManagers({ resource: { body } }: Subject, deployment: Subject): boolean {
  const types = textsAt(body, 'spec', 'policyTypes');
  if (types.length > 0 && !types.includes('Ingress')) return false;
  const selector: Value | undefined = fieldAt(body, 'spec', 'podSelector');
  if (hasField(selector, 'matchExpressions')) return false;
  const known: Readonly<Record<string, string>> = { app: deployment.resource.name, component: 'taskmanager' };
  return Object.entries(mapAt(selector, 'matchLabels')).every(([label, value]) =>
    label === 'type'
      ? typeof value === 'string' && value.startsWith('flink-')
      : (known[label] ?? textAt(deployment.resource.body, 'spec', 'podTemplate', 'metadata', 'labels', label)) === value,
  );
}
