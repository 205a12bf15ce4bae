import { placed, runningJobs, sessionFor, teamNamespace, type Placed } from '@millrace/manifests';
import {
  defaultConsumerGroup,
  defaultTransactionalIdPrefix,
  environmentFile,
  firstEnvironment,
  isClusterSecret,
  pinnedDeclaration,
  placementFile,
  properFlinkKey,
  transactionalIdAcl,
  type Declared,
  type Placement,
  type Problem,
  type Workspace,
} from '@millrace/model';

import { problemAt } from './rule.js';

/** What a placement refers to exists, and fits the environment. */
export function* placementReferences(workspace: Workspace): Generator<Problem> {
  const first = firstEnvironment(workspace);
  for (const [environmentName, placements] of workspace.placements) {
    const environment = workspace.environments.get(environmentName)?.value;
    for (const [pipeline, declared] of placements) {
      const { release } = declared.value;
      const sources = workspace.pipelines.get(pipeline);
      if (sources === undefined) {
        yield problemAt(declared, ['release'], `there is no pipeline ${pipeline}`, `Make it (millrace pipeline ${pipeline}), or remove this folder.`);
        continue;
      }
      if (release === 'next' && environmentName !== first) {
        yield problemAt(
          declared,
          ['release'],
          `only the first environment (${first ?? 'none'}) follows next`,
          `Pin a release: millrace promote ${pipeline} --to ${environmentName}`,
        );
        continue;
      }
      if (release !== 'next' && !sources.releases.has(release)) {
        yield problemAt(
          declared,
          ['release'],
          `there is no release ${release} of ${pipeline}`,
          `Write one of ${sources.versions.join(', ') || '(none yet)'}, or cut it: millrace promote ${pipeline} --to ${environmentName}`,
        );
        continue;
      }
      if (environment !== undefined && environment.kafka === undefined) {
        yield problemAt(
          declared,
          ['release'],
          `${environmentName} has no Kafka cluster`,
          `Declare it in ${environmentFile(environmentName)}: millrace kafka-cluster <name> --environment ${environmentName}`,
        );
        continue;
      }
      const pinned = pinnedDeclaration(workspace, pipeline, release)?.value;
      if (environment !== undefined && pinned !== undefined && teamNamespace(workspace, environment, pinned.team) === undefined) {
        yield problemAt(
          declared,
          ['release'],
          `${pipeline} ${release} belongs to the team ${pinned.team}, which is not in millrace.yaml`,
          `Add it again: millrace team ${pinned.team} --namespace <namespace>. A team is renamed by a release of the new name, promoted everywhere, then removed.`,
        );
        continue;
      }
      const here = placed(workspace, environmentName, pipeline);
      if (here !== undefined) yield* placedSettings(declared, here);
    }
  }
}

function* placedSettings(declared: Declared<Placement>, here: Placed): Generator<Problem> {
  const { environment, kafka, pipeline, placement } = here;
  const { mode } = environment.flink;
  for (const [name, job] of Object.entries(placement.jobs)) {
    const released = pipeline.jobs[name];
    if (released === undefined) {
      yield problemAt(
        declared,
        ['jobs', name],
        `release ${placement.release} of ${pipeline.pipeline} has no job ${name}`,
        `Write one of ${Object.keys(pipeline.jobs).join(', ') || '(none)'}.`,
      );
      continue;
    }
    if (job.parallelism > released.maxParallelism) {
      yield problemAt(
        declared,
        ['jobs', name, 'parallelism'],
        `a parallelism of ${job.parallelism} is more than the job's maxParallelism of ${released.maxParallelism}`,
        'Lower it: maxParallelism cannot be raised without losing the state (R84).',
      );
    }
    if (job.savepointRedeployNonce !== undefined && job.initialSavepointPath === undefined) {
      yield problemAt(
        declared,
        ['jobs', name, 'savepointRedeployNonce'],
        'savepointRedeployNonce needs initialSavepointPath',
        'Add initialSavepointPath, or remove the nonce (R33).',
      );
    }
    if (job.initialSavepointPath !== undefined && !job.initialSavepointPath.startsWith(`${environment.flink.storage}/`)) {
      yield problemAt(
        declared,
        ['jobs', name, 'initialSavepointPath'],
        `${job.initialSavepointPath} is not under the storage of ${environment.environment}, ${environment.flink.storage}`,
        'Start from a savepoint of this environment: another one has the offsets of other topics (R86).',
      );
    }
    for (const key of Object.keys(job.flinkConfiguration)) {
      const proper = properFlinkKey(released.flinkVersion, key);
      if (proper !== undefined) {
        yield problemAt(declared, ['jobs', name, 'flinkConfiguration', key], `Flink ${released.flinkVersion} calls ${key} ${proper}`, `Write ${proper}.`);
      }
    }
    for (const variable of Object.keys(job.secrets)) {
      if (variable in job.env) yield problemAt(declared, ['jobs', name, 'secrets', variable], `${variable} is in env and in secrets`, 'Remove one of the two.');
    }
    if (mode === 'session') {
      for (const key of ['env', 'secrets'] as const) {
        if (Object.keys(job[key]).length > 0) {
          yield problemAt(
            declared,
            ['jobs', name, key],
            `${environment.environment} runs jobs in session clusters, whose pods no job owns: ${key} cannot be set`,
            'Pass args, or give the job an environment of mode application.',
          );
        }
      }
    }
  }
  for (const topic of Object.keys(placement.topics)) {
    if (!(topic in pipeline.topics)) {
      yield problemAt(
        declared,
        ['topics', topic],
        `release ${placement.release} of ${pipeline.pipeline} declares no topic ${topic}`,
        `Write one of ${Object.keys(pipeline.topics).join(', ') || '(none)'}.`,
      );
      continue;
    }
    const [now, released] = [placement.topics[topic]?.partitions, pipeline.topics[topic]?.partitions];
    if (now !== undefined && released !== undefined && now < released) {
      yield problemAt(
        declared,
        ['topics', topic, 'partitions'],
        `${now} partitions are fewer than the release's ${released}`,
        'Raise it: a topic never loses partitions (R9).',
      );
    }
  }
  for (const user of Object.keys(pipeline.users)) {
    if (isClusterSecret(user, kafka.cluster)) {
      yield problemAt(
        declared,
        ['release'],
        `the user ${user} would have a Secret named like those of the cluster ${kafka.cluster}, its private keys among them`,
        `Rename the user: nothing that starts with ${kafka.cluster}-.`,
      );
    }
  }
  for (const [name, { artifact, flinkVersion }] of Object.entries(pipeline.jobs)) {
    const missing = mode === 'session' ? artifact.jar === undefined : artifact.image === undefined;
    if (missing) {
      // In the first environment a job without a build is only not there yet; a release without one cannot run.
      if (placement.release === 'next') continue;
      yield problemAt(
        declared,
        ['release'],
        `release ${placement.release} has no ${mode === 'session' ? 'jar' : 'image'} for the job ${name}`,
        `Record it (millrace artifact ${pipeline.pipeline}), then promote a new release.`,
      );
    } else if (mode === 'session' && sessionFor(environment, pipeline.team, flinkVersion) === undefined) {
      yield problemAt(
        declared,
        ['release'],
        `${environment.environment} has no session cluster of team ${pipeline.team} with Flink ${flinkVersion} for the job ${name}`,
        `Add one under flink.sessions in ${environmentFile(environment.environment)}: ${pipeline.team}-session: {team: ${pipeline.team}, flinkVersion: ${flinkVersion}}`,
      );
    }
  }
}

/** In one environment every topic, user, job and consumer group has one owner, and what is read or written is there. */
export function* placedTogether(workspace: Workspace): Generator<Problem> {
  for (const [environment, placements] of workspace.placements) {
    const here = [...placements].flatMap(([pipeline, declared]) => {
      const view = placed(workspace, environment, pipeline);
      return view === undefined ? [] : [{ declared, view }];
    });
    const owners = new Map<string, string>();
    for (const { declared, view } of here) {
      for (const { key, what } of ownedNames(view)) {
        const owner = owners.get(key);
        if (owner === undefined) owners.set(key, view.pipeline.pipeline);
        else if (owner !== view.pipeline.pipeline) {
          yield problemAt(
            declared,
            ['release'],
            `${what} belongs to ${owner} in ${environment} already`,
            `Rename it in one of the two pipelines, or read and write the other's.`,
          );
        } else {
          yield problemAt(declared, ['release'], `${what} is there twice in ${view.pipeline.pipeline}`, 'Rename one of the two.');
        }
      }
    }
    const topics = new Set([...owners.keys()].filter((key) => key.startsWith('topic ')));
    for (const { declared, view } of here) yield* missingTopics(declared, view, topics);
    const names = new Map(here.flatMap(({ view }) => Object.entries(view.pipeline.topics).map(([key, { topicName }]) => [key, topicName ?? key])));
    for (const { declared, view } of here) yield* renamedTopics(declared, view, names);
    yield* overlappingTransactions(here);
  }
}

function ownedNames(view: Placed): readonly { readonly key: string; readonly what: string }[] {
  const { pipeline, namespace, environment } = view;
  const jobs = Object.entries(pipeline.jobs);
  return [
    ...Object.entries(pipeline.topics).flatMap(([key, { topicName }]) => [
      { key: `topic ${key}`, what: `the topic ${key}` },
      { key: `kafka ${topicName ?? key}`, what: `the name ${topicName ?? key} in Kafka` },
    ]),
    ...Object.keys(pipeline.users).map((user) => ({ key: `user ${user}`, what: `the user ${user}` })),
    ...jobs.map(([job]) => ({ key: `job ${namespace}/${job}`, what: `the job name ${job} in the namespace ${namespace}` })),
    ...jobs.flatMap(([job, { reads }]) =>
      [...new Set(Object.values(reads).map(({ consumerGroup }) => consumerGroup ?? defaultConsumerGroup(job)))].map((group) => ({
        key: `group ${group}`,
        what: `the consumer group ${group}`,
      })),
    ),
    ...Object.values(pipeline.users).flatMap(({ reads }) =>
      [...new Set(Object.values(reads).map(({ consumerGroup }) => consumerGroup))].map((group) => ({
        key: `group ${group}`,
        what: `the consumer group ${group}`,
      })),
    ),
    ...Object.keys(environment.flink.sessions)
      .filter((session) => session in pipeline.jobs)
      .map((session) => ({ key: `job ${namespace}/${session}`, what: `the name of the session cluster ${session}` })),
  ];
}

function* missingTopics(declared: Declared<Placement>, view: Placed, present: ReadonlySet<string>): Generator<Problem> {
  const { pipeline, environment } = view;
  for (const [name, { reads, writes }] of [...Object.entries(pipeline.jobs), ...Object.entries(pipeline.users)]) {
    for (const topic of [...Object.keys(reads), ...Object.keys(writes)]) {
      if (topic in pipeline.externalTopics || present.has(`topic ${topic}`)) continue;
      yield problemAt(
        declared,
        ['release'],
        `${name} uses the topic ${topic}, which no pipeline has in ${environment.environment}`,
        `Promote the pipeline that declares it to ${environment.environment} first.`,
      );
    }
  }
}

/** A release knows the topics of others by the names that they had when it was cut. */
function* renamedTopics(declared: Declared<Placement>, { foreign, environment }: Placed, names: ReadonlyMap<string, string>): Generator<Problem> {
  for (const [key, name] of foreign) {
    const here = names.get(key);
    if (here === undefined || here === name) continue;
    yield problemAt(
      declared,
      ['release'],
      `this release knows the topic ${key} as ${name}; in ${environment.environment} its name is ${here}`,
      `Promote the pipeline that declares ${key} to ${environment.environment} too, or cut a new release of this one.`,
    );
  }
}

/**
 * Of two transactional ids in one cluster neither may start with the other (R87): the broker would let one user abort the
 * other's transactions, and with equal ones the jobs fence each other.
 */
function* overlappingTransactions(here: readonly { readonly declared: Declared<Placement>; readonly view: Placed }[]): Generator<Problem> {
  const prefixes = here.flatMap(({ declared, view: { pipeline } }) => [
    ...Object.entries(pipeline.jobs).flatMap(([job, { writes }]) =>
      Object.entries(writes)
        .filter(([, { deliveryGuarantee }]) => deliveryGuarantee === 'exactly-once')
        .map(([topic, { transactionalIdPrefix }]) => ({
          declared,
          owner: `the job ${job} of ${pipeline.pipeline} (${topic})`,
          prefix: transactionalIdAcl(transactionalIdPrefix ?? defaultTransactionalIdPrefix(pipeline.pipeline, job, topic)),
        })),
    ),
    ...Object.entries(pipeline.users).flatMap(([user, { writes }]) =>
      Object.entries(writes).flatMap(([topic, { transactionalIdPrefix: prefix }]) =>
        prefix === undefined ? [] : [{ declared, owner: `the user ${user} of ${pipeline.pipeline} (${topic})`, prefix }],
      ),
    ),
  ]);
  // In this order a prefix stands right before what it is a prefix of.
  const sorted = prefixes.toSorted((a, b) => (a.prefix < b.prefix ? -1 : 1));
  for (const [index, { declared, owner, prefix }] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before === undefined || !prefix.startsWith(before.prefix)) continue;
    yield problemAt(
      declared,
      ['release'],
      `the transactional ids ${prefix}… of ${owner} overlap with ${before.prefix}… of ${before.owner}`,
      'Leave transactionalIdPrefix out in pipeline.yaml (the default is unique), or choose another.',
    );
  }
}

/** What is declared and does not run anywhere yet: no problem, but somebody may wonder. */
export function* notYetRunning(workspace: Workspace): Generator<Problem> {
  const first = firstEnvironment(workspace);
  if (first === undefined) return;
  for (const pipeline of workspace.placements.get(first)?.keys() ?? []) {
    const here = placed(workspace, first, pipeline);
    if (here === undefined) continue;
    const running = new Set(runningJobs(here));
    const form = here.environment.flink.mode === 'session' ? 'jar' : 'image';
    for (const [job, { artifact }] of Object.entries(here.pipeline.jobs)) {
      if (running.has(job) || artifact[form] !== undefined) continue;
      yield {
        file: placementFile(first, pipeline),
        message: `the job ${job} does not run in ${first} yet: no ${form} is recorded for it`,
        remedy: `Build it, then: millrace artifact ${pipeline} --job ${job} ${form === 'jar' ? '--jar-uri <URI> --jar-sha256 <digest>' : '--image <image>@sha256:<digest>'}`,
      };
    }
  }
}
