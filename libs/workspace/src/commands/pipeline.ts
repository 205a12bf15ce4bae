import { jobName, misused, partitions, pipelineFile, pipelineName, teamName, topicKey, userName, type Pipeline } from '@millrace/model';
import * as z from 'zod';

import { defineCommand, flagOf } from '../command.js';
import type { FileEdit } from '../file-edit.js';
import { jobEdits, jobOptions, placeInFirst } from './flink-job.js';
import { keepTeamOfPipeline } from './immutable/jobs.js';
import { namedTeam } from './named.js';

/** Adds a pipeline: its topics, its user and its job in one go, running in the first environment. */
export const pipeline = defineCommand({
  name: 'pipeline',
  summary: 'Add a pipeline: topics, user and job in one go',
  examples: [
    'millrace pipeline order-processor --team orders --topics orders,order-totals --partitions 10 --user flink-app --job order-processor --reads orders --writes order-totals',
  ],
  options: z.strictObject({
    name: pipelineName.meta({ description: 'The pipeline', positional: 0, prompt: 'What is the pipeline called?' }),
    team: teamName.meta({ description: 'The team that owns it', prompt: 'Which team owns it?' }),
    topics: z.array(topicKey).default([]).meta({ description: 'Topics that it declares' }),
    partitions: partitions.optional().meta({ description: 'Partitions of each new topic (default: 3)' }),
    user: userName.optional().meta({ description: 'Its Kafka user (default, with a job: <job>)' }),
    job: jobName.optional().meta({ description: 'Its Flink job' }),
    ...jobOptions,
  }),
  plan: (workspace, { name, team, topics, partitions, user, job, ...options }) => {
    namedTeam(workspace, team);
    const declaration = workspace.pipelines.get(name)?.next;
    const there = declaration?.value;
    keepTeamOfPipeline(workspace, declaration, team);
    if (job === undefined) needJob(options);
    checkPartitions(name, there, topics, partitions);
    const identity = user ?? job;
    const set = (path: readonly string[], value: string | number | Record<string, never>) => ({ kind: 'set' as const, path, value });
    const declared: FileEdit = {
      kind: 'yaml',
      file: pipelineFile(name),
      start: '# yaml-language-server: $schema=../../tools/schemas/pipeline.schema.json\n',
      edits: [
        set(['pipeline'], name),
        set(['team'], team),
        ...topics.filter((topic) => there?.topics[topic] === undefined).map((topic) => set(['topics', topic, 'partitions'], partitions ?? 3)),
        ...(identity === undefined || there?.users[identity] !== undefined ? [] : [set(['users', identity], {})]),
      ],
    };
    const jobs =
      job === undefined || identity === undefined ? [] : jobEdits(workspace, { job, pipeline: name, team, user: identity, ...options }, there?.jobs[job]);
    const project = jobs.filter(({ kind }) => kind === 'scaffold');
    return [...project, declared, ...jobs.filter((edit) => !project.includes(edit)), ...placeInFirst(workspace, name)];
  },
});

/** What is said of a job needs one. */
function needJob(options: Readonly<Record<string, unknown>>): void {
  const said = Object.entries(options).filter(([, value]) =>
    typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : value !== undefined,
  );
  if (said.length === 0) return;
  throw misused(`${said.map(([option]) => flagOf(option)).join(', ')}: there is no job to say that of`, 'Name the job: --job <job>');
}

/** The number of partitions is that of new topics: the command of the topic raises it later. */
function checkPartitions(pipeline: string, there: Pipeline | undefined, topics: readonly string[], wanted: number | undefined): void {
  if (wanted === undefined) return;
  if (topics.length === 0) throw misused('--partitions: there is no topic to say that of', 'Name the topics: --topics <topic>,<topic>');
  const [other] = topics.filter((topic) => (there?.topics[topic]?.partitions ?? wanted) !== wanted);
  if (other === undefined) return;
  throw misused(
    `--partitions is of new topics, and ${other} is there with ${String(there?.topics[other]?.partitions)}`,
    `Raise it by itself: millrace topic ${other} --pipeline ${pipeline} --partitions ${wanted}`,
  );
}
