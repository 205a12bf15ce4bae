/** Names, addresses and folders that follow from the names in declared files. */

/** The Secrets that Strimzi keeps for a cluster itself, private keys of its certificate authorities among them (R67): no user may be named like one. */
export function isClusterSecret(name: string, cluster: string): boolean {
  return name.startsWith(`${cluster}-`);
}

/** The Secret with the certificate of the authority that signs the brokers' own (Strimzi's name for it). */
export function clusterCaSecret(cluster: string): string {
  return `${cluster}-cluster-ca-cert`;
}

/** How clients inside the Kubernetes cluster reach a Kafka cluster by its `tls` listener (R13). */
export function bootstrapAddress(cluster: string, namespace: string): string {
  return `${cluster}-kafka-bootstrap.${namespace}.svc:9093`;
}

/** The consumer group of a job that names none. */
export function defaultConsumerGroup(job: string): string {
  return `${job}-group`;
}

/**
 * The start of the transactional ids with which a job writes a topic. No two jobs or topics can have prefixes of which
 * one starts with the other: the three parts contain no dot, and the last segment closes them.
 */
export function defaultTransactionalIdPrefix(pipeline: string, job: string, topic: string): string {
  return `${pipeline}.${job}.${topic}.tx`;
}

/** Flink's KafkaSink appends `-<subtask>-<number>` to its prefix, so the ACL covers just that (R89). */
export function transactionalIdAcl(prefix: string): string {
  return `${prefix}-`;
}

/** The ExternalSecret and, in application mode, the Secret that hold a user's client configuration in a job's namespace. */
export function credentialsName(user: string): string {
  return `${user}-kafka-client`;
}

/** The Secret of a session cluster, into which the credentials of all its jobs are merged. */
export function sessionCredentialsName(session: string): string {
  return `${session}-credentials`;
}

/** Where a job finds its client configuration, in every mode: `<mount>/<user>.properties` and `<mount>/<user>.ca.crt`. */
export const CREDENTIALS_MOUNT = '/opt/millrace/credentials';

/** The Application of a part of an environment. Names contain no dot, so no two of these collide. */
export function applicationName(environment: string, ...parts: readonly string[]): string {
  return [environment, ...parts].join('.');
}

/** The folders of a job's state: one prefix per environment and job, shared with nobody (R86). */
export interface JobStorage {
  readonly checkpoints: string;
  readonly savepoints: string;
  readonly highAvailability: string;
}

/** `storage` is the environment's prefix without a closing slash; the parts have no slash by the rules above. */
export function jobStorage(storage: string, owner: string, job: string): JobStorage {
  const prefix = `${storage}/${owner}/${job}`;
  return { checkpoints: `${prefix}/checkpoints`, savepoints: `${prefix}/savepoints`, highAvailability: `${prefix}/ha` };
}
