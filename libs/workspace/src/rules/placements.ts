import { placed, sessionFor, teamNamespace, type Placed } from '@millrace/manifests';
import {
  environmentFile,
  firstEnvironment,
  isClusterSecret,
  kafkaNamed,
  kafkaOfUser,
  kafkasOfPipeline,
  MAIN_KAFKA,
  pinnedDeclaration,
  platform,
  properFlinkKey,
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
      const pinned = pinnedDeclaration(workspace, pipeline, release)?.value;
      const lacking =
        environment === undefined || pinned === undefined ? [] : kafkasOfPipeline(pinned).filter((name) => kafkaNamed(environment, name) === undefined);
      for (const name of lacking) yield lackingKafka(declared, environmentName, pipeline, name);
      if (lacking.length > 0) continue;
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

function lackingKafka(declared: Declared<Placement>, environment: string, pipeline: string, name: string): Problem {
  const file = environmentFile(environment);
  return name === MAIN_KAFKA
    ? problemAt(
        declared,
        ['release'],
        `${environment} has no Kafka cluster`,
        `Declare it in ${file}: millrace kafka-cluster <name> --environment ${environment}. One that others run stands under externalKafka.main.`,
      )
    : problemAt(
        declared,
        ['release'],
        `${pipeline} names the Kafka cluster ${name}, which ${environment} does not have`,
        `Add it to ${file}: under kafkaClusters, or under externalKafka where others run it.`,
      );
}

function* placedSettings(declared: Declared<Placement>, here: Placed): Generator<Problem> {
  const { environment, kafkas, pipeline, placement } = here;
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
    const kafka = kafkas.get(kafkaOfUser(pipeline, user));
    if (kafka?.kind === 'declared' && isClusterSecret(user, kafka.kafka.cluster)) {
      yield problemAt(
        declared,
        ['release'],
        `the user ${user} would have a Secret named like those of the cluster ${kafka.kafka.cluster}, its private keys among them`,
        `Rename the user: nothing that starts with ${kafka.kafka.cluster}-.`,
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
    } else if (
      mode === 'session' &&
      flinkVersion in platform(environment.platform).flink &&
      sessionFor(environment, pipeline.team, flinkVersion) === undefined
    ) {
      yield problemAt(
        declared,
        ['release'],
        `${environment.environment} has no session cluster of team ${pipeline.team} with Flink ${flinkVersion} for the job ${name}`,
        `Add one: millrace session ${pipeline.team}-${flinkVersion.replace('_', '-')} --environment ${environment.environment} --team ${pipeline.team} --flink-version ${flinkVersion}`,
      );
    }
  }
}
