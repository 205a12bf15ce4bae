import { forFlink, kafkaOfUser, kafkaPart, kafkasOfPipeline, type Artifact, type Job, type Pipeline } from '@millrace/model';

import { sorted, unlessEmpty } from '../context-values.js';
import { baseKustomization } from '../kustomization.js';
import type { PlannedFile } from '../layouts/layout.js';
import { inLayout } from '../layouts/layouts.js';
import { aclsOf } from './acls.js';
import { jobArguments } from './job-arguments.js';
import type { ForeignTopics } from './topic-names.js';

/**
 * The Kustomize bases of a declaration in a layout, before they are generated (next) or frozen (a release): topics and
 * users, a base a Kafka cluster; the jobs as FlinkSessionJob; the jobs as FlinkDeployment.
 */
export function basesIn(layout: number, pipeline: Pipeline, foreign: ForeignTopics): readonly PlannedFile[] {
  const kafkas = kafkasOfPipeline(pipeline).flatMap((cluster) => kafkaBase(pipeline, foreign, cluster));
  const first = [...kafkas, ...sessionBase(pipeline, foreign), ...applicationBase(pipeline, foreign)];
  return first.flatMap((file) => inLayout(layout, file));
}

/** The jobs of which a base has something: those whose artifact was recorded in that form. */
export function jobsWith(pipeline: Pipeline, form: keyof Pick<Artifact, 'image' | 'jar'>): readonly string[] {
  return Object.entries(pipeline.jobs)
    .filter(([, job]) => job.artifact[form] !== undefined)
    .map(([name]) => name);
}

function kafkaBase(pipeline: Pipeline, foreign: ForeignTopics, cluster: string): readonly PlannedFile[] {
  const topics = Object.entries(cluster === pipeline.kafka ? pipeline.topics : {}).map(([topic, { topicName, partitions, config, managed }]) => ({
    path: `topic-${topic}.yaml`,
    template: 'pipeline/topic',
    context: {
      topic,
      unmanaged: managed ? undefined : true,
      topicName: topicName === topic ? undefined : topicName,
      partitions,
      config: unlessEmpty(sorted(config)),
    },
  }));
  const here = Object.entries(pipeline.users).filter(([user]) => kafkaOfUser(pipeline, user) === cluster);
  const users = here.map(([user, { quotas }]) => {
    const acls = aclsOf(pipeline, foreign, user);
    return {
      path: `user-${user}.yaml`,
      template: 'pipeline/user',
      context: { user, acls: unlessEmpty(acls), quotas: quotas === undefined ? undefined : unlessEmpty(quotas) },
    };
  });
  return inFolder(kafkaPart(pipeline, cluster), [...topics, ...users]);
}

function sessionBase(pipeline: Pipeline, foreign: ForeignTopics): readonly PlannedFile[] {
  const jobs = Object.entries(pipeline.jobs).flatMap(([name, job]) => {
    const { jar, entryClass } = job.artifact;
    if (jar === undefined) return [];
    const context = {
      job: name,
      jarUri: jar.uri,
      jarSha256: jar.sha256,
      entryClass,
      args: jobArguments(pipeline, foreign, name),
      upgradeMode: job.upgradeMode,
      flinkConfiguration: releasedConfiguration(job),
    };
    return [{ path: `job-${name}.yaml`, template: 'pipeline/session-job', context }];
  });
  return inFolder('session', jobs);
}

function applicationBase(pipeline: Pipeline, foreign: ForeignTopics): readonly PlannedFile[] {
  const jobs = Object.entries(pipeline.jobs).flatMap(([name, job]) => {
    const { image, entryClass } = job.artifact;
    if (image === undefined) return [];
    const context = {
      job: name,
      image,
      flinkVersion: job.flinkVersion,
      jarUri: `local:///opt/flink/usrlib/${pipeline.pipeline}.jar`,
      entryClass,
      args: jobArguments(pipeline, foreign, name),
      upgradeMode: job.upgradeMode,
      flinkConfiguration: releasedConfiguration(job),
    };
    return [{ path: `job-${name}.yaml`, template: 'pipeline/application', context }];
  });
  return inFolder('application', jobs);
}

/** What of Flink's configuration travels with a release: state, checkpointing, restarts; a job's own settings win. */
function releasedConfiguration(job: Job): Record<string, string> {
  return sorted({ ...releasedDefaults(job), ...job.flinkConfiguration });
}

/** What a release says where its job says nothing. */
export function releasedDefaults(job: Job): Record<string, string> {
  return forFlink(job.flinkVersion, {
    'execution.checkpointing.interval': '60s',
    'execution.checkpointing.mode': 'EXACTLY_ONCE',
    'execution.checkpointing.incremental': 'true',
    'execution.checkpointing.externalized-checkpoint-retention': 'RETAIN_ON_CANCELLATION',
    'execution.checkpointing.num-retained': '3',
    'state.backend.type': 'rocksdb',
    'restart-strategy.type': 'exponential-delay',
    // Without an explicit uid an operator's state is lost by the next change to the job graph (R83).
    'pipeline.auto-generate-uids': 'false',
    'pipeline.max-parallelism': String(job.maxParallelism),
  });
}

/** A base is a folder with a kustomization; where there is nothing for it, there is no folder. */
function inFolder(folder: string, files: readonly PlannedFile[]): readonly PlannedFile[] {
  if (files.length === 0) return [];
  const resources = files.map(({ path }) => path).sort();
  const kustomization = { path: 'kustomization.yaml', template: 'kustomization', context: baseKustomization(resources) };
  return [kustomization, ...files].map((file) => ({ ...file, path: `${folder}/${file.path}` }));
}
