import { fieldAt, textAt } from '../../field.js';
import { APPLICATION, APPLICATION_SET, KAFKA } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import type { Subject } from '../../subject.js';
import { namespaceKeys, type Universe } from '../../universe.js';
import { chartNameOf, destinationNamespace, isOwn, sourcesOf } from '../argocd/applications.js';
import { configReferences, type ConfigReference } from './pods.js';

/** Made in every namespace by Kubernetes, OpenShift and Istio. */
const EVERYWHERE: readonly string[] = ['kube-root-ca.crt', 'openshift-service-ca.crt', 'istio-ca-root-cert'];

/**
 * What a resource reads from the Secrets or the ConfigMaps of its namespace that may well be missing: its environment is known as a
 * whole, and what delivers things from elsewhere (a chart, another repository) does not deliver into this namespace. Each name once.
 */
export function* readsOfOwn(subject: Subject, kind: ConfigReference['kind'], universe: Universe): Generator<ConfigReference> {
  if (!universe.isComplete(subject) || takesFromElsewhere(subject, universe)) return;
  const told = new Set<string>();
  for (const reference of configReferences(subject)) {
    const { name } = reference;
    if (reference.kind !== kind || reference.optional || told.has(name) || EVERYWHERE.includes(name)) continue;
    told.add(name);
    if (!isOfKafka(name, subject, universe)) yield reference;
  }
}

/** Whether Strimzi may make it for a Kafka: what it makes begins with the Kafka's name. */
function isOfKafka(name: string, subject: Subject, universe: Universe): boolean {
  return [...name.matchAll(/-/g)].some(({ index }) => universe.called(subject, KAFKA, name.slice(0, index)).length > 0);
}

/**
 * Whether a chart, another repository or Applications that are made in the cluster deliver into a namespace what this run does not have.
 * @param namespace @default that of `subject`
 */
export function takesFromElsewhere(subject: Subject, universe: Universe, namespace = subject.namespace): boolean {
  const keys = namespaceKeys.looked(namespace).map((each) => `${subject.scope}\n${each}`);
  return foreign(universe).first(keys) !== undefined;
}

/** Applications that deliver what this run does not have, by scope and namespace. */
const foreign = oncePerUniverse(
  (universe) =>
    new OrderedIndex([...universe.of(APPLICATION), ...universe.of(APPLICATION_SET)], (application) =>
      application.groupKind === APPLICATION_SET ||
      sourcesOf(application).some((source) => chartNameOf(source) !== undefined || !source.plain || isOwn(source, universe) === false)
        ? namespaceKeys.filed(destinationNamespace(application)).map((namespace) => `${application.scope}\n${namespace}`)
        : [],
    ),
);

/** Resources of any kind, by scope and name: what a controller makes of its own resource often has its name. */
export const byAnyName = oncePerUniverse(
  (universe) =>
    new OrderedIndex(universe.subjects, ({ scope, resource }) => {
      const target = textAt(resource.body, 'spec', 'target', 'name') ?? textAt(fieldAt(resource.body, 'spec', 'target', 'configMap'), 'name');
      return [...new Set([resource.name, ...(target === undefined ? [] : [target])])].map((name) => `${scope}\n${name}`);
    }),
);
