import { javaPackage, jobProject, mainClass } from '@millrace/manifests';
import {
  deliveryGuarantees,
  firstEnvironment,
  flinkVersion,
  flinkVersions,
  jobName,
  kafkaIdentifier,
  newestPlatform,
  kafkaNamed,
  misused,
  MAIN_KAFKA,
  pipelineFile,
  pipelineFolder,
  pipelineName,
  placementFile,
  positiveInteger,
  topicKey,
  userName,
  type FlinkVersion,
  type Workspace,
} from '@millrace/model';
import * as z from 'zod';

import { defineCommand, keyValues } from '../command.js';
import type { FileEdit } from '../file-edit.js';
import { keepMaxParallelism } from './immutable/jobs.js';
import { namedPipeline } from './named.js';
import { PLACEMENT_START } from './placement-start.js';
import { checkSettings, FLINK_SETTING } from './settings.js';
import { newestFlink } from './team-session.js';

/** The options of a job, shared with the command that makes a whole pipeline. */
export const jobOptions = {
  reads: z.array(topicKey).default([]).meta({ description: 'Topics that the job reads', prompt: 'Which topics does it read?' }),
  writes: z.array(topicKey).default([]).meta({ description: 'Topics that the job writes', prompt: 'Which topics does it write?' }),
  consumerGroup: kafkaIdentifier('a consumer group', 'order-processor-group')
    .optional()
    .meta({ description: 'The group with which it reads (default: <job>-group)' }),
  deliveryGuarantee: z.enum(deliveryGuarantees).optional().meta({ description: 'How it writes (a new write: exactly-once)' }),
  maxParallelism: positiveInteger(32_768).optional().meta({ description: 'Fixed for the life of the state (a new job: 120)' }),
  flinkVersion: flinkVersion
    .optional()
    .meta({ description: 'The Flink minor (a new job: the newest that the first environment runs, in mode session the newest session of its team)' }),
  flinkConfiguration: keyValues(FLINK_SETTING).meta({
    description: "Flink's settings that travel with the job, key=value, repeatable",
    pairs: true,
  }),
  package: javaPackage.optional().meta({ description: "The Java package of the job's source (a new job: com.example.<team>)" }),
};

interface JobOptions {
  readonly job: string;
  readonly pipeline: string;
  readonly team: string;
  readonly user: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly consumerGroup?: string | undefined;
  readonly deliveryGuarantee?: (typeof deliveryGuarantees)[number] | undefined;
  readonly maxParallelism?: number | undefined;
  readonly flinkVersion?: z.output<typeof flinkVersion> | undefined;
  readonly flinkConfiguration: Readonly<Record<string, string>>;
  readonly package?: string | undefined;
}

/** Adds a Flink job to a pipeline, its source included. */
export const flinkJob = defineCommand({
  name: 'flink-job',
  summary: 'Add a Flink job to a pipeline, with its Maven project',
  examples: ['millrace flink-job order-processor --pipeline order-processor --user flink-app --reads orders --writes order-totals'],
  options: z.strictObject({
    name: jobName.meta({ description: 'The job', positional: 0, prompt: 'What is the job called?' }),
    pipeline: pipelineName.meta({ description: 'The pipeline that it belongs to', prompt: 'To which pipeline does it belong?' }),
    user: userName.meta({ description: 'The Kafka user that it is', prompt: 'Which Kafka user is it?' }),
    ...jobOptions,
  }),
  plan: (workspace, { name, ...options }) => {
    const { team, jobs } = namedPipeline(workspace, options.pipeline).value;
    return [...jobEdits(workspace, { job: name, team, ...options }, jobs[name]), ...placeInFirst(workspace, options.pipeline)];
  },
});

/** The edits that declare a job and write its project, where there is none yet. */
export function jobEdits(
  workspace: Workspace,
  options: JobOptions,
  there: { readonly flinkVersion: string; readonly reads: object; readonly writes: object; readonly maxParallelism: number } | undefined,
): readonly FileEdit[] {
  checkSettings(options.flinkConfiguration, FLINK_SETTING);
  if (options.consumerGroup !== undefined && options.reads.length === 0)
    throw misused('--consumer-group: of which topics?', 'Name those that it reads: --reads <topic>');
  if (options.deliveryGuarantee !== undefined && options.writes.length === 0) {
    throw misused('--delivery-guarantee: of which topics?', 'Name those that it writes: --writes <topic>');
  }
  const { job, pipeline, user, reads, writes, consumerGroup, deliveryGuarantee } = options;
  keepMaxParallelism(workspace, workspace.pipelines.get(pipeline)?.next, { name: job, there, wanted: options.maxParallelism });
  const set = (path: readonly string[], value: string | number | Record<string, never>) => ({ kind: 'set' as const, path: ['jobs', job, ...path], value });
  const isThere = (uses: object | undefined, topic: string) => uses !== undefined && topic in uses;
  const version = options.flinkVersion ?? flinkVersion.safeParse(there?.flinkVersion).data ?? flinkOfFirst(workspace, options.team);
  const ofTeam = `com.example.${options.team.replaceAll('-', '')}`;
  // A team may be called what is a word of Java.
  const source = options.package ?? (javaPackage.safeParse(ofTeam).success ? ofTeam : 'com.example.job');
  const edits = [
    set(['user'], user),
    set(['flinkVersion'], version),
    ...reads.flatMap((topic) =>
      consumerGroup !== undefined ? [set(['reads', topic, 'consumerGroup'], consumerGroup)] : isThere(there?.reads, topic) ? [] : [set(['reads', topic], {})],
    ),
    ...writes.flatMap((topic) =>
      deliveryGuarantee !== undefined
        ? [set(['writes', topic, 'deliveryGuarantee'], deliveryGuarantee)]
        : isThere(there?.writes, topic)
          ? []
          : [set(['writes', topic, 'deliveryGuarantee'], 'exactly-once')],
    ),
    ...(there === undefined ? [set(['artifact', 'entryClass'], `${source}.${mainClass(job)}`), set(['upgradeMode'], 'savepoint')] : []),
    ...(options.maxParallelism !== undefined || there === undefined ? [set(['maxParallelism'], options.maxParallelism ?? 120)] : []),
    ...Object.entries(options.flinkConfiguration).map(([key, value]) => set(['flinkConfiguration', key], value)),
  ];
  // The project's graph has one input and one output; a job of another shape starts from its owner's own source.
  const [input = Object.keys(there?.reads ?? {})[0], output = Object.keys(there?.writes ?? {})[0]] = [reads[0], writes[0]];
  // What is there is its owner's: a project is made with the job, or where somebody names a package for it.
  const wanted = there === undefined || options.package !== undefined;
  const storages = [...workspace.environments.values()].map(({ value }) => value.flink.storage);
  const project =
    !wanted || input === undefined || output === undefined
      ? []
      : jobProject({ pipeline, job, flinkVersion: version, package: source, input, output, storages });
  // The declaration comes last: through Nx a killed run leaves the files before it, and the next run goes on.
  return [
    ...[...project].map(([path, text]): FileEdit => ({ kind: 'scaffold', file: `${pipelineFolder(pipeline)}/job/${path}`, text })),
    { kind: 'yaml', file: pipelineFile(pipeline), edits },
  ];
}

/** What a new job can run on in the first environment: a job of mode session runs in a session cluster of its team. */
function flinkOfFirst(workspace: Workspace, team: string): FlinkVersion {
  const first = firstEnvironment(workspace);
  const environment = first === undefined ? undefined : workspace.environments.get(first)?.value;
  const sessions = Object.values(environment?.flink.sessions ?? {}).filter((session) => session.team === team);
  const newest = flinkVersions.findLast((version) => sessions.some(({ flinkVersion }) => flinkVersion === version));
  return newest ?? newestFlink(environment?.platform ?? newestPlatform);
}

/** The first environment follows `next` from the start; nothing where there is no environment with a Kafka yet. */
export function placeInFirst(workspace: Workspace, pipeline: string): readonly FileEdit[] {
  const first = firstEnvironment(workspace);
  const environment = first === undefined ? undefined : workspace.environments.get(first)?.value;
  const cluster = workspace.pipelines.get(pipeline)?.next.value.kafka ?? MAIN_KAFKA;
  if (first === undefined || environment === undefined || kafkaNamed(environment, cluster) === undefined) return [];
  if (workspace.placements.get(first)?.has(pipeline) === true) return [];
  return [
    {
      kind: 'yaml',
      file: placementFile(first, pipeline),
      start: PLACEMENT_START,
      edits: [{ kind: 'set', path: ['release'], value: 'next' }],
    },
  ];
}
