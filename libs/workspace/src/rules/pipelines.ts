import { properFlinkKey, type Declared, type Pipeline, type Problem, type Workspace } from '@millrace/model';

import { problemAt } from './rule.js';

/** What a pipeline.yaml says of itself must fit together: users, topics, Flink's settings. */
export function* pipelineReferences(workspace: Workspace): Generator<Problem> {
  const declaredTopics = new Set([...workspace.pipelines.values()].flatMap(({ next }) => Object.keys(next.value.topics)));
  for (const { next } of workspace.pipelines.values()) {
    const { team, users, jobs, topics, externalTopics } = next.value;
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
    const known = (topic: string) => topic in topics || topic in externalTopics || declaredTopics.has(topic);
    const uses = [
      ...Object.entries(jobs).map(([name, job]) => ({ section: 'jobs', name, ...job })),
      ...Object.entries(users).map(([name, user]) => ({ section: 'users', name, ...user })),
    ];
    for (const { section, name, reads, writes } of uses) {
      for (const [use, keys] of Object.entries({ reads: Object.keys(reads), writes: Object.keys(writes) })) {
        for (const topic of keys) {
          if (known(topic)) continue;
          yield problemAt(
            next,
            [section, name, use, topic],
            `${name} ${use} ${topic}, which no pipeline declares`,
            `Declare it (millrace topic ${topic} --pipeline ${next.value.pipeline}), or list it under externalTopics.`,
          );
        }
      }
    }
    yield* jobSettings(next);
  }
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
