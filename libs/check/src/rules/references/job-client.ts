import { listAt, mapAt, textAt, type FieldPath } from '../../field.js';
import { FLINK_DEPLOYMENT, FLINK_SESSION_JOB, KAFKA, USER } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { isSubstituted } from '../../placeholder.js';
import type { Subject } from '../../subject.js';
import { agrees, isTogether, type Universe } from '../../universe.js';
import { flinkSpecOf } from '../flink/flink-spec.js';
import { argumentsOf, plainName, type Argument } from './job-arguments.js';
import { clusterLabelOf, kafkasOf } from './kafka-cluster.js';
import { configReferences } from './pods.js';
import { readable, secretsNamed, type MadeSecret } from './secrets-made.js';

/** What a job does with what it names of Kafka; undefined where its name does not say. */
export type Direction = 'reads' | 'writes' | undefined;

/** Something of Kafka that a job names in its arguments or its settings. */
export interface Use {
  readonly type: 'topic' | 'group' | 'transactionalId';
  readonly name: string;
  readonly direction: Direction;
  /** Whether the name is the start of the ids that Flink makes. */
  readonly isPrefix: boolean;
  /** As whom, where the job says so for this input or output alone: `read.<name>.user`. */
  readonly user: string | undefined;
  readonly path: FieldPath;
}

/** The arguments of a job, and the settings of flinkConfiguration, where many a job keeps its own. */
export function parametersOf(job: Subject): readonly Argument[] {
  const settings = (flinkSpecOf(job)?.settings.all ?? []).flatMap(({ key, text, path }) =>
    text === '' || isSubstituted(text) ? [] : [{ name: plainName(key), written: key, value: text, path }],
  );
  return [...argumentsOf(job), ...settings];
}

const TOPIC = /^(?:kafka)?(input|source|in|consumer|read|from|output|sink|out|producer|write|to)?(?:kafka)?topics?(?:names?)?$/;
const GROUP = /^(?:kafka)?(?:input|source|consumer|read)?(?:kafka)?(?:groupid|consumergroup|consumergroupid)$/;
const TRANSACTIONAL_ID = /^(?:kafka)?(?:output|sink|producer|write)?(?:kafka)?transactionalid(prefix)?$/;
/** How one of several inputs or outputs is written: `read.<name>.topic`. */
const NAMED = /^(?:kafka\.)?((read|write|input|output|source|sink)s?\.[\w-]+)\.([\w.-]+)$/;
const READING: readonly string[] = ['input', 'source', 'in', 'consumer', 'read', 'from'];
/** What Kafka takes for a name; a pattern of names is none. */
const NAME = /^[\w.-]{1,249}$/;

/** What a job says that it uses of Kafka. */
export function usesOf(job: Subject): readonly Use[] {
  const parameters = parametersOf(job);
  // Only for exactly-once does Flink write in transactions.
  const hasTransactions = writesInTransactions(parameters);
  const users = new Map(
    parameters.flatMap(({ written, value }): [string, string][] => {
      const [, end, , rest] = NAMED.exec(written) ?? [];
      return end !== undefined && rest === 'user' ? [[end, value]] : [];
    }),
  );
  return parameters.flatMap(({ name, written, value, path }): readonly Use[] => {
    const [, end, side, rest] = NAMED.exec(written) ?? [];
    const user = end === undefined ? undefined : users.get(end);
    const plain = side === undefined || rest === undefined ? name : plainName(`${side}.${rest}`);
    const topic = TOPIC.exec(plain);
    if (topic !== null) {
      const direction = topic[1] === undefined ? undefined : READING.includes(topic[1]) ? 'reads' : 'writes';
      const names = value.split(/[,;]/).map((each) => each.trim());
      return names.every((each) => NAME.test(each)) ? names.map((each) => ({ type: 'topic', name: each, direction, isPrefix: false, user, path })) : [];
    }
    if (!NAME.test(value)) return [];
    if (GROUP.test(plain) || (side === 'read' && plain === 'readgroup'))
      return [{ type: 'group', name: value, direction: 'reads', isPrefix: false, user, path }];
    const id = TRANSACTIONAL_ID.exec(plain);
    if (id === null || !hasTransactions) return [];
    return [{ type: 'transactionalId', name: value, direction: 'writes', isPrefix: id[1] !== undefined, user, path }];
  });
}

/** Whether nothing says that a job writes without transactions. */
export function writesInTransactions(parameters: readonly Argument[]): boolean {
  return parameters.every(({ name, value }) => !name.endsWith('guarantee') || /exactly/i.test(value));
}

/**
 * The KafkaUser that a job signs in as: the only one whose Secret its pods read, straight or through what copies it. Undefined where it
 * may be another, or where the job may have to do with another Kafka too. With a `name` it is the one of that name among them.
 */
export function userOf(job: Subject, universe: Universe, name?: string): Subject | undefined {
  const pods = job.groupKind === FLINK_SESSION_JOB ? sessionClusterOf(job, universe) : job;
  if (pods === undefined) return undefined;
  const parameters = parametersOf(job);
  const servers = parameters.filter(({ name }) => /(?:bootstrap|bootstrapservers?|brokers?|brokerlist)$/.test(name));
  if (servers.length > 1) return undefined;
  const { users, byName, kafkas, isWhole } = credentialsOf(pods, universe);
  if (!isWhole) return undefined;
  const given = parameters.find(({ name }) => ['user', 'kafkauser', 'username', 'kafkausername'].includes(name))?.value;
  // A session cluster holds the credentials of many jobs; a job of its own that signs in to a database has a user too.
  const named = name ?? (users.length > 1 || job.groupKind === FLINK_SESSION_JOB ? given : undefined);
  const chosen = named === undefined ? users : (byName.get(named) ?? []);
  const [user] = chosen;
  if (user === undefined || chosen.length > 1) return undefined;
  const cluster = clusterLabelOf(user);
  if (cluster === undefined || (users.length === 1 && [...kafkas].some((kafka) => kafka !== cluster))) return undefined;
  return servers.every(({ value }) => isOf(value, cluster, user)) ? user : undefined;
}

/** What the Secrets that some pods read are made from. */
interface Credentials {
  readonly users: readonly Subject[];
  readonly byName: ReadonlyMap<string, readonly Subject[]>;
  /** The Kafkas whose certificates they have, by name. */
  readonly kafkas: ReadonlySet<string>;
  /** Whether none of them looks like the credentials of a Kafka that nobody here knows. */
  readonly isWhole: boolean;
}

/** Of a session cluster they are asked for by each of its jobs. */
const knownCredentials = oncePerUniverse(() => new Map<Subject, Credentials>());

function credentialsOf(pods: Subject, universe: Universe): Credentials {
  const known = knownCredentials(universe);
  const credentials = known.get(pods) ?? findCredentials(pods, universe);
  known.set(pods, credentials);
  return credentials;
}

function findCredentials(pods: Subject, universe: Universe): Credentials {
  const users = new Set<Subject>();
  const kafkas = new Set<string>();
  let isWhole = true;
  for (const name of secretsReadBy(pods)) {
    const made = readable(secretsNamed(name, pods, universe), pods).map(({ maker }) => ({ maker, linked: usersBehind(maker, universe) }));
    const linked = nearest(
      made.filter((each) => each.linked.length > 0),
      pods,
    ).flatMap((each) => each.linked);
    for (const user of linked) users.add(user);
    for (const { maker } of made) if (maker.groupKind === KAFKA) kafkas.add(maker.resource.name);
    if (linked.length === 0 && /kafka/i.test(name) && !made.some(({ maker }) => maker.groupKind === KAFKA)) isWhole = false;
  }
  const byName = new Map<string, Subject[]>();
  for (const user of users) byName.set(user.resource.name, [...(byName.get(user.resource.name) ?? []), user]);
  return { users: [...users], byName, kafkas, isWhole };
}

/** The one Kafka that a user belongs to; undefined where this run has none, or several. */
export function kafkaOf(user: Subject, universe: Universe): Subject | undefined {
  const kafkas = kafkasOf(user, universe);
  return kafkas.length === 1 ? kafkas[0] : undefined;
}

/** The session cluster of a session job. */
function sessionClusterOf(job: Subject, universe: Universe): Subject | undefined {
  const name = textAt(job.resource.body, 'spec', 'deploymentName');
  const clusters = name === undefined ? [] : universe.named(job, FLINK_DEPLOYMENT, name);
  return clusters.length === 1 ? clusters[0] : undefined;
}

/** Whether an address is that of Strimzi's Services for a Kafka; one that is no Service at all can be anybody's. */
function isOf(servers: string, cluster: string, { namespace }: Subject): boolean {
  return servers.split(',').every((server) => {
    const [, name, where] = /^([a-z0-9-]+)-kafka-[a-z0-9-]+(?:\.([a-z0-9-]+))?(?:\.svc(?:\.[a-z0-9.-]+)?)?(?::\d+)?$/.exec(server.trim()) ?? [];
    return name === cluster && agrees(where, namespace);
  });
}

function secretsReadBy(pods: Subject): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { kind, name } of configReferences(pods)) if (kind === 'Secret') names.add(name);
  const settings = flinkSpecOf(pods)?.settings;
  for (const part of settings?.key('kubernetes.secrets')?.text.split(/[,;]/) ?? []) names.add((part.split(':')[0] ?? '').trim());
  for (const match of settings?.key('kubernetes.env.secretKeyRef')?.text.matchAll(/secret:([^,;\s]+)/g) ?? []) names.add(match[1] ?? '');
  return names;
}

/** Those that are built with who reads them, where there are any. */
function nearest<T extends Pick<MadeSecret, 'maker'>>(secrets: readonly T[], reader: Subject): readonly T[] {
  const together = secrets.filter(({ maker }) => isTogether(maker.origin, reader.origin));
  return together.length > 0 ? together : secrets;
}

/** The KafkaUsers whose Secret this one is, or is made from. */
function usersBehind(maker: Subject, universe: Universe): readonly Subject[] {
  const { body } = maker.resource;
  switch (maker.groupKind) {
    case USER:
      return [maker];
    case 'external-secrets.io/ExternalSecret':
      return copiedUsers(maker, mapAt(body, 'spec'), universe);
    case 'external-secrets.io/ClusterExternalSecret':
      return copiedUsers(maker, mapAt(body, 'spec', 'externalSecretSpec'), universe);
    case 'access.strimzi.io/KafkaAccess': {
      const name = textAt(body, 'spec', 'user', 'name');
      if (name === undefined || textAt(body, 'spec', 'user', 'kind') !== 'KafkaUser') return [];
      return universe.called(maker, USER, name).filter((user) => agrees(user.namespace, textAt(body, 'spec', 'user', 'namespace')));
    }
    default:
      return [];
  }
}

/** The KafkaUsers whose Secrets an ExternalSecret reads from the namespace of another cluster, or of this one. */
function copiedUsers(external: Subject, spec: ReturnType<typeof mapAt>, universe: Universe): readonly Subject[] {
  const kind = textAt(spec, 'secretStoreRef', 'kind') ?? 'SecretStore';
  const store = textAt(spec, 'secretStoreRef', 'name');
  if (store === undefined) return [];
  const stores =
    kind === 'SecretStore' ? universe.named(external, `external-secrets.io/${kind}`, store) : universe.called(external, `external-secrets.io/${kind}`, store);
  const providers = stores.flatMap(({ resource }) => {
    const provider = mapAt(resource.body, 'spec', 'provider', 'kubernetes');
    return Object.keys(provider).length === 0 ? [] : [textAt(provider, 'remoteNamespace') ?? 'default'];
  });
  const keys = [
    ...listAt(spec, 'data').map((item) => textAt(item, 'remoteRef', 'key')),
    ...listAt(spec, 'dataFrom').map((item) => textAt(item, 'extract', 'key')),
  ];
  const found = [...new Set(keys)].flatMap((key) => (key === undefined ? [] : secretsNamed(key, external, universe)));
  return found.filter(({ maker, namespace }) => maker.groupKind === USER && providers.some((remote) => agrees(namespace, remote))).map(({ maker }) => maker);
}
