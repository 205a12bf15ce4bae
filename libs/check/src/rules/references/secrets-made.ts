import type { Value, ValueMap } from '@millrace/kustomize';

import { fieldAt, hasField, isList, isMap, listAt, mapAt, textAt, type FieldPath } from '../../field.js';
import { EXTERNAL_SECRET, KAFKA, USER } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import type { Subject } from '../../subject.js';
import { agrees, type Universe } from '../../universe.js';
import { kafkasOf } from './kafka-cluster.js';

/** A Secret that something of the run makes in the cluster. */
export interface MadeSecret {
  readonly name: string;
  /** Where it is made; undefined where it can be in any namespace. */
  readonly namespace: string | undefined;
  /** What makes it. */
  readonly maker: Subject;
  /** All the keys it can have; undefined where they are not known. */
  readonly keys: ReadonlySet<string> | undefined;
}

/** Kinds that nobody takes for the maker of a Secret of their own name. */
const NO_MAKERS = new Set(['ConfigMap', 'Namespace', 'PersistentVolumeClaim', 'Pod', 'Role', 'Service', 'ServiceAccount']);
const NO_MAKER_GROUPS = new Set([
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apps',
  'argoproj.io',
  'autoscaling',
  'batch',
  'flink.apache.org',
  'kafka.strimzi.io',
  'monitoring.coreos.com',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
]);

/** Every Secret that the run makes, by whatever means. */
const secretsMade = oncePerUniverse((universe) => {
  const secrets = universe.subjects.flatMap((subject) => [...madeBy(subject, universe)]);
  return new OrderedIndex(secrets, ({ name, maker }) => [`${maker.scope}\n${name}`]);
});

/** The Secrets of a name that may share a cluster with a resource. */
export function secretsNamed(name: string, near: Subject, universe: Universe): readonly MadeSecret[] {
  return secretsMade(universe).all(`${near.scope}\n${name}`);
}

/** Those of them that a pod in the namespace of `near` can read. */
export function readable(secrets: readonly MadeSecret[], near: Subject): readonly MadeSecret[] {
  return secrets.filter(({ namespace }) => agrees(namespace, near.namespace));
}

function* madeBy(subject: Subject, universe: Universe): Generator<MadeSecret> {
  const { resource, groupKind } = subject;
  const spec = mapAt(resource.body, 'spec');
  switch (groupKind) {
    case 'Secret':
      yield* standing(subject, universe);
      return;
    case USER:
      yield* ofUser(subject, universe);
      return;
    case KAFKA:
      for (const name of ['cluster-ca-cert', 'clients-ca-cert', 'cluster-ca', 'clients-ca']) yield secretOf(subject, `${resource.name}-${name}`);
      yield* mirrored(secretOf(subject, `${resource.name}-cluster-ca-cert`), mapAt(spec, 'kafka', 'template', 'clusterCaCert', 'metadata', 'annotations'));
      return;
    case EXTERNAL_SECRET:
      if (textAt(spec, 'target', 'creationPolicy') !== 'None') yield secretOf(subject, textAt(spec, 'target', 'name'), externalKeys(spec));
      return;
    case 'external-secrets.io/ClusterExternalSecret': {
      const external = mapAt(spec, 'externalSecretSpec');
      const name = textAt(external, 'target', 'name') ?? textAt(spec, 'externalSecretName');
      yield anywhere(secretOf(subject, name, externalKeys(external)));
      return;
    }
    case 'isindir.github.com/SopsSecret':
      for (const template of listAt(spec, 'secretTemplates')) yield secretOf(subject, textAt(template, 'name'));
      return;
  }
  const named = NAMED_AT.get(groupKind);
  if (named !== undefined) yield secretOf(subject, textAt(spec, ...named));
  else if (!NO_MAKERS.has(groupKind) && !NO_MAKER_GROUPS.has(subject.group)) {
    // What a controller that nobody here knows makes of its resource: perhaps a Secret of its name, or of a name it is given.
    for (const name of new Set([resource.name, ...namesIn(spec)])) yield anywhere(secretOf(subject, name));
  }
}

/** Where kinds that make one Secret name it, below their spec; without a name there it has theirs. */
const NAMED_AT: ReadonlyMap<string, FieldPath> = new Map([
  ['access.strimzi.io/KafkaAccess', ['secretName']],
  ['bitnami.com/SealedSecret', ['template', 'metadata', 'name']],
  ['cert-manager.io/Certificate', ['secretName']],
  ['secrets.hashicorp.com/VaultDynamicSecret', ['destination', 'name']],
  ['secrets.hashicorp.com/VaultPKISecret', ['destination', 'name']],
  ['secrets.hashicorp.com/VaultStaticSecret', ['destination', 'name']],
]);

/** A Secret in the namespace of its maker; without a name it has the maker's. */
function secretOf(maker: Subject, name?: string, keys?: Iterable<string>): MadeSecret {
  return { name: name || maker.resource.name, namespace: maker.namespace, maker, keys: keys === undefined ? undefined : new Set(keys) };
}

function anywhere(secret: MadeSecret): MadeSecret {
  return { ...secret, namespace: undefined };
}

/** The Secret that a resource itself is. */
function* standing(subject: Subject, universe: Universe): Generator<MadeSecret> {
  const { body } = subject.resource;
  const annotations = mapAt(body, 'metadata', 'annotations');
  const keys = [...Object.keys(mapAt(body, 'data')), ...Object.keys(mapAt(body, 'stringData'))];
  // One that is empty in Git is filled by others; one that mirrors another has what that has.
  const isWhole = keys.length > 0 && !Object.keys(annotations).some((key) => MIRRORS.test(key));
  yield secretOf(subject, undefined, isWhole && !isMergedInto(subject, universe) ? keys : undefined);
  yield* mirrored(secretOf(subject), annotations);
}

/** The Secret that the User Operator makes for a user, with the prefix that its Kafka says. */
function* ofUser(user: Subject, universe: Universe): Generator<MadeSecret> {
  const spec = mapAt(user.resource.body, 'spec');
  const keys = userKeys(textAt(spec, 'authentication', 'type'));
  if (keys === undefined) return;
  const kafkas = kafkasOf(user, universe);
  const prefixes = kafkas.map((kafka) => textAt(kafka.resource.body, 'spec', 'entityOperator', 'userOperator', 'secretPrefix') ?? '');
  for (const prefix of new Set(prefixes.length === 0 ? [''] : prefixes)) {
    const own = secretOf(user, `${prefix}${user.resource.name}`, keys);
    yield own;
    yield* mirrored(own, mapAt(spec, 'template', 'secret', 'metadata', 'annotations'));
  }
}

/** Every name that a resource gives to something: `secretName`, or `name` at any depth, as in a policy that generates what it names. */
function* namesIn(value: Value): Generator<string> {
  if (isList(value)) for (const item of value) yield* namesIn(item);
  if (!isMap(value)) return;
  for (const [key, item] of Object.entries(value)) {
    if (typeof item === 'string' && /name$/i.test(key)) yield item;
    else yield* namesIn(item);
  }
}

const MIRRORS = /^(?:reflector\.v1\.k8s\.emberstack\.com\/reflects|replicator\.v1\.mittwald\.de\/replicate-from)$/;

/** Copies of a Secret in other namespaces, by the annotations of reflector and of kubernetes-replicator. */
function* mirrored(secret: MadeSecret, annotations: ValueMap): Generator<MadeSecret> {
  const copies = Object.keys(annotations).some((key) => /^reflector\.v1\.k8s\.emberstack\.com\/reflection-|^replicator\.v1\.mittwald\.de\/replicat/.test(key));
  // Their namespaces are patterns, and what pulls a copy may be anywhere: any namespace may have one.
  if (copies) yield anywhere(secret);
}

/** What the User Operator writes (KafkaUserModel.generateSecret); undefined for a user that has no Secret. */
function userKeys(authentication: string | undefined): readonly string[] | undefined {
  if (authentication === 'scram-sha-512') return ['password', 'sasl.jaas.config'];
  if (authentication === 'tls') return ['ca.crt', 'user.crt', 'user.key', 'user.p12', 'user.password'];
  return undefined;
}

/** The keys of an ExternalSecret that says them one by one, and does not make others of them. */
function externalKeys(spec: ValueMap): readonly string[] | undefined {
  const policy = textAt(spec, 'target', 'creationPolicy');
  if (policy === 'Merge' || policy === 'Orphan' || hasField(spec, 'dataFrom') || isMap(fieldAt(spec, 'target', 'template'))) return undefined;
  const keys = listAt(spec, 'data').flatMap((item) => textAt(item, 'secretKey') ?? []);
  return keys.length === 0 ? undefined : keys;
}

function isMergedInto(secret: Subject, universe: Universe): boolean {
  return externalSecrets(universe)
    .all(`${secret.scope}\n${secret.resource.name}`)
    .some(({ namespace }) => agrees(namespace, secret.namespace));
}

/** ExternalSecrets by the name that they give their Secret. */
const externalSecrets = oncePerUniverse(
  (universe) =>
    new OrderedIndex(universe.of(EXTERNAL_SECRET), ({ scope, resource }) => {
      const target = textAt(resource.body, 'spec', 'target', 'name');
      return target === undefined ? [] : [`${scope}\n${target}`];
    }),
);
