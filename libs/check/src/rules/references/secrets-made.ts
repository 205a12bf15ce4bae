import type { Value, ValueMap } from '@millrace/kustomize';

import { fieldAt, hasField, isList, isMap, listAt, mapAt, textAt } from '../../field.js';
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
  const { resource, groupKind, namespace } = subject;
  const spec = mapAt(resource.body, 'spec');
  const secret = (name: string | undefined, keys?: Iterable<string>): MadeSecret => ({
    name: name || resource.name,
    namespace,
    maker: subject,
    keys: keys === undefined ? undefined : new Set(keys),
  });
  switch (groupKind) {
    case 'Secret': {
      const keys = [...Object.keys(mapAt(resource.body, 'data')), ...Object.keys(mapAt(resource.body, 'stringData'))];
      // One that is empty in Git is filled by others; one that mirrors another has what that has.
      const isWhole = keys.length > 0 && !Object.keys(mapAt(resource.body, 'metadata', 'annotations')).some((key) => MIRRORS.test(key));
      yield secret(undefined, isWhole && !isMergedInto(subject, universe) ? keys : undefined);
      yield* mirrored(secret(undefined), mapAt(resource.body, 'metadata', 'annotations'));
      return;
    }
    case USER: {
      const keys = userKeys(textAt(spec, 'authentication', 'type'));
      if (keys === undefined) return;
      const kafkas = kafkasOf(subject, universe);
      const prefixes = new Set(
        kafkas.length === 0 ? [''] : kafkas.map((kafka) => textAt(kafka.resource.body, 'spec', 'entityOperator', 'userOperator', 'secretPrefix') ?? ''),
      );
      for (const prefix of prefixes) {
        const own = secret(`${prefix}${resource.name}`, keys);
        yield own;
        yield* mirrored(own, mapAt(spec, 'template', 'secret', 'metadata', 'annotations'));
      }
      return;
    }
    case KAFKA: {
      for (const name of ['cluster-ca-cert', 'clients-ca-cert', 'cluster-ca', 'clients-ca']) yield secret(`${resource.name}-${name}`);
      yield* mirrored(secret(`${resource.name}-cluster-ca-cert`), mapAt(spec, 'kafka', 'template', 'clusterCaCert', 'metadata', 'annotations'));
      return;
    }
    case 'external-secrets.io/ExternalSecret': {
      if (textAt(spec, 'target', 'creationPolicy') === 'None') return;
      yield secret(textAt(spec, 'target', 'name'), externalKeys(spec));
      return;
    }
    case 'external-secrets.io/ClusterExternalSecret': {
      const external = mapAt(spec, 'externalSecretSpec');
      yield { ...secret(textAt(external, 'target', 'name') ?? textAt(spec, 'externalSecretName'), externalKeys(external)), namespace: undefined };
      return;
    }
    case 'bitnami.com/SealedSecret':
      yield secret(textAt(spec, 'template', 'metadata', 'name'));
      return;
    case 'cert-manager.io/Certificate':
    case 'access.strimzi.io/KafkaAccess':
      yield secret(textAt(spec, 'secretName'));
      return;
    case 'isindir.github.com/SopsSecret':
      for (const template of listAt(spec, 'secretTemplates')) yield secret(textAt(template, 'name'));
      return;
    case 'secrets.hashicorp.com/VaultStaticSecret':
    case 'secrets.hashicorp.com/VaultDynamicSecret':
    case 'secrets.hashicorp.com/VaultPKISecret':
      yield secret(textAt(spec, 'destination', 'name'));
      return;
    default:
      // What a controller that nobody here knows makes of its resource: perhaps a Secret of its name, or of a name it is given.
      if (NO_MAKERS.has(groupKind) || NO_MAKER_GROUPS.has(subject.group)) return;
      for (const name of new Set([resource.name, ...namesIn(spec)])) yield { ...secret(name), namespace: undefined };
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
  if (copies) yield { ...secret, namespace: undefined };
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
