import { placed, type Placed } from '@millrace/manifests';
import {
  defaultConsumerGroup,
  defaultTransactionalIdPrefix,
  transactionalIdAcl,
  type Declared,
  type Placement,
  type Problem,
  type Workspace,
} from '@millrace/model';

import { problemAt } from './rule.js';

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
      { key: `kafka ${pipeline.kafka} ${topicName ?? key}`, what: `the name ${topicName ?? key} in Kafka` },
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
