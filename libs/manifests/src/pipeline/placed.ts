import {
  firstEnvironment,
  pinnedDeclaration,
  pinnedFolder,
  placementFile,
  placementFolder,
  kafkaNamed,
  kafkasOfPipeline,
  kafkaOfUser,
  teamNamespace,
  usersOfJob,
  type Environment,
  type KafkaOfEnvironment,
  type Pipeline,
  type Placement,
  type Workspace,
} from '@millrace/model';

import { jobsWith } from './bases.js';
import type { ForeignTopics } from './topic-names.js';

/** One pipeline in one environment: all that its overlays, credentials and Applications are made from. */
export interface Placed {
  readonly environment: Environment;
  /**
   * The layout of all that is made for the pipeline here: its release's. Base and overlay are one work, and a promotion
   * moves one pipeline, not its neighbours; the platform around them is in the environment's own layout.
   */
  readonly layout: number;
  /** The clusters in which it has topics or users, by the name that it calls them. */
  readonly kafkas: ReadonlyMap<string, KafkaOfEnvironment>;
  /** The namespace of the team's jobs in this environment. */
  readonly namespace: string;
  readonly placement: Placement;
  /** The declaration of the release that the placement pins, and what it calls others' topics. */
  readonly pipeline: Pipeline;
  readonly foreign: ForeignTopics;
  /** The folders of the bases and of the placement. */
  readonly bases: string;
  readonly folder: string;
  readonly file: string;
}

/** The topics that a pipeline uses and others declare, by the names that their declarations have now. */
export function foreignTopics(workspace: Workspace, pipeline: Pipeline): ForeignTopics {
  const used = [...Object.values(pipeline.jobs), ...Object.values(pipeline.users)].flatMap(({ reads, writes }) => [
    ...Object.keys(reads),
    ...Object.keys(writes),
  ]);
  const foreign = used.filter((key) => !(key in pipeline.topics) && !(key in pipeline.externalTopics)).sort();
  const declared = topicOwners(workspace);
  return new Map(
    foreign.flatMap((key) => {
      const name = declared.get(key);
      return name === undefined ? [] : [[key, name]];
    }),
  );
}

const owners = new WeakMap<Workspace, ReadonlyMap<string, string>>();

/** Every topic that some pipeline.yaml declares: key to name in Kafka. Made once a workspace, which never changes. */
function topicOwners(workspace: Workspace): ReadonlyMap<string, string> {
  let names = owners.get(workspace);
  if (names === undefined) {
    names = new Map(
      [...workspace.pipelines.values()].flatMap(({ next }) =>
        Object.entries(next.value.topics).map(([key, { topicName }]): [string, string] => [key, topicName ?? key]),
      ),
    );
    owners.set(workspace, names);
  }
  return names;
}

/**
 * A pipeline in an environment; undefined where the placement pins what is not there, or the environment lacks a Kafka
 * cluster that it names (the workspace's rules report both).
 */
export function placed(workspace: Workspace, environmentName: string, pipelineName: string): Placed | undefined {
  const environment = workspace.environments.get(environmentName)?.value;
  const placement = workspace.placements.get(environmentName)?.get(pipelineName)?.value;
  if (environment === undefined || placement === undefined) return undefined;
  if (placement.release === 'next' && firstEnvironment(workspace) !== environmentName) return undefined;
  const pipeline = pinnedDeclaration(workspace, pipelineName, placement.release)?.value;
  const namespace = pipeline === undefined ? undefined : teamNamespace(workspace, environment, pipeline.team);
  if (pipeline === undefined || namespace === undefined) return undefined;
  const kafkas = new Map(
    kafkasOfPipeline(pipeline).flatMap((cluster): [string, KafkaOfEnvironment][] => {
      const kafka = kafkaNamed(environment, cluster);
      return kafka === undefined ? [] : [[cluster, kafka]];
    }),
  );
  if (kafkas.size < kafkasOfPipeline(pipeline).length) return undefined;
  const record = workspace.pipelines.get(pipelineName)?.releases.get(placement.release)?.record.value;
  return {
    environment,
    layout: record?.layout ?? environment.layout,
    kafkas,
    namespace,
    placement,
    pipeline,
    foreign: record === undefined ? foreignTopics(workspace, pipeline) : new Map(Object.entries(record.foreignTopics)),
    bases: pinnedFolder(pipelineName, placement.release),
    folder: placementFolder(environmentName, pipelineName),
    file: placementFile(environmentName, pipelineName),
  };
}

/** The jobs that the base of the environment's mode has: those that were recorded in its form. */
export function deployedJobs({ environment, pipeline }: Placed): readonly string[] {
  return jobsWith(pipeline, environment.flink.mode === 'session' ? 'jar' : 'image').toSorted();
}

/** The jobs that run here: those of the base, without the ones that the placement switched off. */
export function runningJobs(placed: Placed): readonly string[] {
  return deployedJobs(placed).filter((name) => placed.placement.jobs[name]?.enabled !== false);
}

/** The session cluster in which a job runs: the one that its placement names, else the first that fits it. */
export function sessionOf({ environment, pipeline, placement }: Placed, name: string): string | undefined {
  const job = pipeline.jobs[name];
  return placement.jobs[name]?.session ?? (job === undefined ? undefined : sessionFor(environment, pipeline.team, job.flinkVersion));
}

/** The first session cluster, by name, of a team and a Flink version. */
export function sessionFor(environment: Environment, team: string, flinkVersion: string): string | undefined {
  return Object.entries(environment.flink.sessions)
    .filter(([, session]) => session.team === team && session.flinkVersion === flinkVersion)
    .map(([name]) => name)
    .sort()[0];
}

/** The users that the jobs of the base are, by name, each with the cluster that knows it. */
export function jobUsers(placed: Placed): readonly { readonly user: string; readonly kafka: KafkaOfEnvironment }[] {
  const { pipeline, kafkas } = placed;
  const users = deployedJobs(placed).flatMap((name) => {
    const job = pipeline.jobs[name];
    return job === undefined ? [] : usersOfJob(job);
  });
  return [...new Set(users)].sort().flatMap((user) => {
    const kafka = kafkas.get(kafkaOfUser(pipeline, user));
    return kafka === undefined ? [] : [{ user, kafka }];
  });
}
