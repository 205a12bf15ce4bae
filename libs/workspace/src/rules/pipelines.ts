import { kafkaOfUser, properFlinkKey, type Declared, type Pipeline, type Problem, type Workspace } from '@millrace/model';

import { problemAt } from './rule.js';

/** What a pipeline.yaml says of itself must fit together: users, topics, Flink's settings. */
export function* pipelineReferences(workspace: Workspace): Generator<Problem> {
  const clusters = new Map([...workspace.pipelines.values()].flatMap(({ next }) => Object.keys(next.value.topics).map((topic) => [topic, next.value.kafka])));
  for (const { next } of workspace.pipelines.values()) {
    const { team, topics, externalTopics } = next.value;
    const clusterOf = (topic: string) =>
      topic in topics ? next.value.kafka : topic in externalTopics ? (externalTopics[topic]?.kafka ?? next.value.kafka) : clusters.get(topic);
    const { teams } = workspace.millrace.value;
    if (!(team in teams)) {
      yield problemAt(
        next,
        ['team'],
        `there is no team ${team}`,
        `Write one of ${Object.keys(teams).join(', ') || '(none yet)'}, or add it: millrace team ${team} --namespace <namespace>`,
      );
    }
    for (const topic of Object.keys(externalTopics)) {
      if (topic in topics) yield problemAt(next, ['externalTopics', topic], `${topic} is declared here and called external`, 'Remove one of the two.');
    }
    const known = (topic: string) => topic in topics || topic in externalTopics || clusters.has(topic);
    for (const { section, name, use, topic, user } of usesOf(next.value)) {
      yield* clientOfTopic(next, [section, name, use, topic], user, clusterOf(topic));
      if (known(topic)) continue;
      yield problemAt(
        next,
        [section, name, use, topic],
        `${name} ${use} ${topic}, which no pipeline declares`,
        `Declare it (millrace topic ${topic} --pipeline ${next.value.pipeline}), or list it under externalTopics.`,
      );
    }
    yield* jobSettings(next);
  }
}

/** Every topic that a job or a client of a pipeline reads or writes, and as whom: as the user that the use names, else as the one it is. */
function usesOf({ jobs, users }: Pipeline) {
  return [
    ...Object.entries(jobs).flatMap(([name, { user, reads, writes }]) => [
      ...Object.entries(reads).map(([topic, how]) => ({ section: 'jobs', name, use: 'reads', topic, user: how.user ?? user })),
      ...Object.entries(writes).map(([topic, how]) => ({ section: 'jobs', name, use: 'writes', topic, user: how.user ?? user })),
    ]),
    ...Object.entries(users).flatMap(([name, { reads, writes }]) => [
      ...Object.keys(reads).map((topic) => ({ section: 'users', name, use: 'reads', topic, user: name })),
      ...Object.keys(writes).map((topic) => ({ section: 'users', name, use: 'writes', topic, user: name })),
    ]),
  ];
}

/** Who reads or writes a topic is a user of the cluster that has the topic. */
function* clientOfTopic(next: Declared<Pipeline>, path: readonly string[], user: string, cluster: string | undefined): Generator<Problem> {
  const { pipeline, users } = next.value;
  const [section = '', name = '', use = '', topic = ''] = path;
  if (!(user in users)) {
    // A job's own user is looked at with the job.
    if (next.value.jobs[name]?.user === user && section === 'jobs') return;
    yield problemAt(next, [...path, 'user'], `there is no user ${user} in ${pipeline}`, `Add it: millrace user ${user} --pipeline ${pipeline}`);
    return;
  }
  const known = kafkaOfUser(next.value, user);
  if (cluster === undefined || cluster === known) return;
  yield problemAt(
    next,
    path,
    `${name} ${use} ${topic}, which is in the Kafka cluster ${cluster}, as ${user}, a user of ${known}`,
    section === 'jobs'
      ? `Declare a user of ${cluster} (users: <name>: {kafka: ${cluster}}), and name it here: user: <name>.`
      : `Declare a user of ${cluster} of its own for that: users: <name>: {kafka: ${cluster}}.`,
  );
}

function* jobSettings(next: Declared<Pipeline>): Generator<Problem> {
  const { jobs, users, pipeline } = next.value;
  for (const [name, job] of Object.entries(jobs)) {
    if (!(job.user in users)) {
      yield problemAt(
        next,
        ['jobs', name, 'user'],
        `there is no user ${job.user} in ${pipeline}`,
        `Write one of ${Object.keys(users).join(', ') || '(none yet)'}, or add it: millrace user ${job.user} --pipeline ${pipeline}`,
      );
    }
    for (const key of Object.keys(job.flinkConfiguration)) {
      const proper = properFlinkKey(job.flinkVersion, key);
      if (proper !== undefined) {
        yield problemAt(
          next,
          ['jobs', name, 'flinkConfiguration', key],
          `Flink ${job.flinkVersion} calls ${key} ${proper}; the two names side by side are refused or silently mixed`,
          `Write ${proper}.`,
        );
      }
    }
  }
}
