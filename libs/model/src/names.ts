import * as z from 'zod';

/**
 * Every name that leaves a declared file and becomes a path, a Kubernetes object, a Kafka resource or an URL is
 * checked here and nowhere else. The schemas serve the declared files and the commands' options alike.
 */

/** RFC 1123 label that starts with a letter, as Services and therefore most of our objects need it. */
const LABEL = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const LABEL_WORDS = 'lower-case letters, digits and "-", starting with a letter, not ending with "-"';

/** `advice` is what to write for a name that does not fit, where more can be said than an example. */
function label(what: string, most: number, example: string, advice: (name: string) => string | undefined = () => undefined) {
  return z
    .string()
    .max(most, { error: `${what} is at most ${most} characters long` })
    .refine((name) => !/^(?:y|n|yes|no|on|off|true|false|null|e\d+)$/.test(name), {
      error: (issue) => `YAML readers take ${String(issue.input)} for true, false, null or a number`,
    })
    .refine((name) => !(name in Object.prototype), { error: (issue) => `${String(issue.input)} cannot be used as a name` })
    .regex(LABEL, { error: (issue) => `${what} has ${LABEL_WORDS}${advice(String(issue.input)) ?? ` (for example ${example})`}` })
    .meta({ examples: [example] });
}

/**
 * A new repository's name: its folder, and the name in its package.json. It lists packages of these names, and npm
 * refuses a package that depends on itself.
 */
export const repositoryName = label('a repository name', 63, 'my-platform').refine((name) => !['millrace', 'nx'].includes(name), {
  error: (issue) => `${String(issue.input)} is a package that the repository uses`,
});

/** A name that is a folder's too. What lies in a folder `patches` is people's, and never made or removed by Millrace. */
function folder(what: string, most: number, example: string) {
  return label(what, most, example).refine((name) => name !== 'patches', { error: 'patches is what folders of patches are called' });
}

/** An environment's name: a folder, and the first part of the names of its Argo CD Applications. */
export const environmentName = folder('an environment name', 32, 'prod');

/** A team's name: part of AppProject and session cluster names. */
export const teamName = label('a team name', 32, 'orders');

/** A pipeline's name: a folder under apps/, part of Application names. */
export const pipelineName = folder('a pipeline name', 45, 'order-processor');

/**
 * A Flink job's name. It names the FlinkDeployment or FlinkSessionJob, for which the operator allows
 * `[a-z]([-a-z\d]{0,43}[a-z\d])?` (Flink Kubernetes Operator 1.15, DefaultValidator).
 */
export const jobName = label('a job name', 45, 'order-processor');

/** A session cluster is a FlinkDeployment, with the same limit as a job. */
export const sessionName = label('a session cluster name', 45, 'orders-session');

/** A topic's key in pipeline.yaml: the KafkaTopic's metadata.name, and its name in Kafka unless `topicName` says otherwise. */
export const topicKey = label('a topic key', 63, 'orders', keyForTopic);

/** How to call a topic that keeps its name in Kafka: it may be there already, and somebody else's. */
function keyForTopic(name: string): string | undefined {
  const key = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-$/g, '');
  return LABEL.test(key) && kafkaTopicName.safeParse(name).success ? `: call it ${key} here, and ${name} its topicName` : undefined;
}

/**
 * A topic's name in Kafka (Topic.validate in Kafka 4: 249 characters of `[a-zA-Z0-9._-]`, not `.` or `..`).
 * Names with two leading underscores are Kafka's own.
 */
export const kafkaTopicName = z
  .string()
  .regex(/^[a-zA-Z0-9._-]{1,249}$/, { error: 'a topic name in Kafka has 1 to 249 letters, digits, ".", "_" and "-" (for example shop.orders)' })
  .refine((name) => name !== '.' && name !== '..', { error: 'a topic cannot be named "." or ".."' })
  .refine((name) => !name.startsWith('__'), { error: 'topics that start with "__" are Kafka\'s own' })
  .meta({ examples: ['shop.orders'] });

/** A Kafka user: a KafkaUser, the Secret of the same name, and the SCRAM user name. */
export const userName = label('a user name', 63, 'flink-app');

/** A consumer group or the start of a transactional id: what we allow is what needs no quoting anywhere. */
export const kafkaIdentifier = (what: string, example: string) =>
  z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,199}$/, {
      error: `${what} has 1 to 200 letters, digits, ".", "_" and "-", starting with a letter or digit (for example ${example})`,
    })
    .meta({ examples: [example] });

/** Strimzi derives Service names such as `<cluster>-kafka-bootstrap` and pod names from it, all of them labels of 63 characters. */
export const kafkaClusterName = label('a Kafka cluster name', 40, 'kafka-cluster');

/** A Kubernetes namespace. */
export const namespaceName = label('a namespace', 63, 'flink');

/** A Kubernetes object that we refer to but do not make (a Secret, a StorageClass): an RFC 1123 subdomain. */
export const objectName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/, {
    error: 'a Kubernetes object name has lower-case letters, digits, "-" and "." (for example fast-ssd)',
  })
  .meta({ examples: ['fast-ssd'] });

/** The key of a label or annotation: a name of 63 characters, with or without a DNS prefix (apimachinery, IsQualifiedName). */
export const labelKey = z
  .string()
  .max(317)
  .regex(/^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/, {
    error: 'expected the key of a label or annotation (for example topology.kubernetes.io/zone)',
  });

/** The value of a label. */
export const labelValue = z
  .string({ error: 'the value of a label is text: put it in quotes' })
  .regex(/^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/, { error: 'the value of a label has up to 63 letters, digits, "-", "_" and "."' });

/** A listener of Kafka (R13). `tls` is the one that Millrace makes for the jobs. */
export const listenerName = z
  .string()
  .regex(/^[a-z0-9]{1,11}$/, { error: 'a listener has 1 to 11 lower-case letters and digits (for example external)' })
  .refine((name) => name !== 'tls', { error: 'the listener tls is there already: the jobs use it' })
  .meta({ examples: ['external'] });

/** What pipelines call one of the Kafka clusters of an environment; `main` is the one under `kafka`. */
export const kafkaReference = label('the name of a Kafka cluster', 32, 'analytics');
/** The cluster that pipelines use unless they name another. */
export const MAIN_KAFKA = 'main';

/** A key of a Secret or ConfigMap. */
export const secretKey = z
  .string()
  .regex(/^[-._a-zA-Z0-9]{1,253}$/, { error: 'a key of a Secret has letters, digits, "-", "_" and "." (for example password)' });

/** An environment variable of a container. */
export const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'an environment variable has letters, digits and "_" (for example LOG_LEVEL)' });

/** A release's version: semantic versioning without build metadata, since it is a folder name and part of a branch name. */
export const releaseVersion = z
  .string()
  .regex(/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?$/, {
    error: 'a release is a semantic version (for example 1.4.0)',
  })
  .max(64)
  .meta({ examples: ['1.4.0'] });
