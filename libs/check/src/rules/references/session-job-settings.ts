import { hasField, textAt } from '../../field.js';
import { FLINK_DEPLOYMENT, FLINK_SESSION_JOB } from '../../kinds.js';
import type { Offence, ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import { flinkSpecOf, type FlinkSpec } from '../flink/flink-spec.js';
import { removedSettings } from '../flink/removed-key.js';
import { specsWithDefaults } from '../flink/operator-defaults.js';
import { Settings } from '../flink/settings.js';
import { goneStateBackend } from '../flink/state-backend.js';
import { missingDirectories } from '../flink/state-directory.js';

export const sessionJobSettings: ReferenceRule = {
  id: 'references/session-job-settings',
  severity: 'error',
  title: 'The settings of a session job are ones that its session cluster can run it with',
  source:
    'R27, R30, R36; flink-kubernetes-operator, DefaultValidator.java (validateSessionJobWithCluster: the settings of the cluster, then those of the job) and AbstractFlinkService.java (runJar)',
  consequence: 'The operator rejects the session job, or Flink fails to start it; an option that was removed is ignored without a word.',
  fix: 'Write what the Flink version of the session cluster has. Directories may stand in the job or in its cluster.',
  reach: 'references',
  on: [FLINK_SESSION_JOB],
  *check(subject, universe) {
    const job = flinkSpecOf(subject);
    const name = textAt(subject.resource.body, 'spec', 'deploymentName');
    if (job === undefined || name === undefined) return;
    const clusters = universe.named(subject, FLINK_DEPLOYMENT, name).filter(({ resource }) => !hasField(resource.body, 'spec', 'job'));
    // Where it can be one of several clusters, what holds for all of them.
    yield* inAll(
      clusters.map((cluster) => [
        ...offences(job, cluster, name),
        ...inAll(specsWithDefaults(cluster, universe).map((each) => [...directories(job, each, name)])),
      ]),
    );
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: orders-session, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    execution.checkpointing.dir: s3://orders-prod/orders-session/checkpoints
    execution.checkpointing.savepoint-dir: s3://orders-prod/orders-session/savepoints
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: order-processor, namespace: flink}
spec:
  deploymentName: orders-session
  flinkConfiguration: {state.backend.type: hashmap}
  job: {jarURI: https://repo.example/order-processor.jar, upgradeMode: savepoint}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: orders-session, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {execution.checkpointing.dir: s3://orders-prod/orders-session/checkpoints}
---
apiVersion: flink.apache.org/v1beta1
kind: FlinkSessionJob
metadata: {name: order-processor, namespace: flink}
spec:
  deploymentName: orders-session
  flinkConfiguration: {state.backend: filesystem}
  job: {jarURI: https://repo.example/order-processor.jar, upgradeMode: savepoint}
`,
};

/** The offences of the first that all others have too. */
function inAll([first, ...others]: readonly (readonly Offence[])[]): readonly Offence[] {
  return (first ?? []).filter(({ message }) => others.every((each) => each.some((offence) => offence.message === message)));
}

/**
 * What Flink makes of a job in a cluster. That one key is the start of another is no mistake here: the operator checks that for the
 * file that it writes for a cluster, and hands the settings of a session job over as they are.
 */
function* offences(job: FlinkSpec, clusterSubject: Subject, name: string): Generator<Offence> {
  const cluster = flinkSpecOf(clusterSubject);
  if (cluster === undefined) return;
  const backend = goneStateBackend(together(job, cluster));
  // What the cluster says is told at the cluster.
  if (backend !== undefined && job.settings.all.includes(backend)) {
    yield {
      path: backend.path,
      message: `the session cluster ${name} runs Flink 2, which has no state backend ${backend.text}; it has hashmap, rocksdb and forst`,
      fix: 'Write `state.backend.type: hashmap`, which keeps state where filesystem kept it.',
    };
  }
  yield* removedSettings({ settings: job.settings, version: cluster.version });
}

/** What the operator misses before it hands the job over: it looks at its own settings, then those of the cluster, then those of the job. */
function* directories(job: FlinkSpec, cluster: FlinkSpec, name: string): Generator<Offence> {
  for (const offence of missingDirectories(together(job, cluster))) {
    yield { ...offence, message: `${offence.message}; neither has that of the session cluster ${name}` };
  }
}

function together(job: FlinkSpec, cluster: FlinkSpec): FlinkSpec {
  return { ...job, version: cluster.version, settings: new Settings([...cluster.settings.all, ...job.settings.all]) };
}
