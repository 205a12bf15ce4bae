import { hasField, textAt } from '../../field.js';
import type { Offence, ReferenceRule } from '../../rule.js';
import { CLUSTERS, type FlinkSpec } from './flink-spec.js';
import { isAtLeast } from './flink-version.js';
import { underDefaults } from './operator-defaults.js';

const CHECKPOINTS = 'execution.checkpointing.dir';
const SAVEPOINTS = 'execution.checkpointing.savepoint-dir';
const INTERVAL = 'kubernetes.operator.periodic.savepoint.interval';
const MAX_AGE = 'kubernetes.operator.job.upgrade.last-state.max.allowed.checkpoint.age';

export const stateDirectory: ReferenceRule = {
  id: 'flink/state-directory',
  severity: 'error',
  title: 'An upgrade that keeps state has a directory to keep it in',
  source: 'R27; flink-kubernetes-operator, DefaultValidator.java (validateJobSpec)',
  consequence: 'The operator rejects the deployment, unless a configuration of its own that is not in this run has the directory.',
  fix: `Set ${CHECKPOINTS} and ${SAVEPOINTS} in flinkConfiguration to directories that all pods reach, for example \`s3://orders-prod/order-processor/savepoints\`.`,
  reach: 'references',
  // A session job may have them from its cluster: see references/session-job-settings.
  on: CLUSTERS,
  check: (subject, universe) => underDefaults(subject, universe, missingDirectories),
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    execution.checkpointing.dir: s3://orders-prod/order-processor/checkpoints
    execution.checkpointing.savepoint-dir: s3://orders-prod/order-processor/savepoints
  job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", parallelism: 2, upgradeMode: savepoint}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration:
    execution.checkpointing.dir: s3://orders-prod/order-processor/checkpoints
  job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", parallelism: 2, upgradeMode: savepoint}
`,
};

/** The directories that a job needs and its settings do not have, as the operator looks for them. */
export function* missingDirectories(flink: FlinkSpec): Generator<Offence> {
  if (flink.job === undefined) return;
  const mode = textAt(flink.job, 'upgradeMode');
  if ((mode === 'savepoint' || mode === 'last-state') && isMissing(flink, CHECKPOINTS)) {
    yield offence(flink, CHECKPOINTS, 'state.checkpoints.dir', `job.upgradeMode ${mode} needs a directory for checkpoints`);
  }
  if (!isMissing(flink, SAVEPOINTS)) return;
  const reason =
    mode === 'savepoint'
      ? 'job.upgradeMode savepoint'
      : hasField(flink.job, 'savepointTriggerNonce')
        ? 'job.savepointTriggerNonce'
        : [INTERVAL, MAX_AGE].find((key) => flink.settings.key(key)?.text.trim());
  if (reason !== undefined) yield offence(flink, SAVEPOINTS, 'state.savepoints.dir', `${reason} needs a directory for savepoints`);
}

function isMissing({ settings }: FlinkSpec, option: string): boolean {
  return !settings.option(option)?.text.trim();
}

function offence({ at, version }: FlinkSpec, option: string, former: string, message: string) {
  const key = version === undefined || isAtLeast(version, 1, 20) ? option : former;
  return {
    path: [...at, 'flinkConfiguration', key],
    message: `${message}, and flinkConfiguration has no ${key}`,
    fix: `Set \`${key}\` in flinkConfiguration to a directory that all pods reach, for example \`s3://orders-prod/order-processor/${option === SAVEPOINTS ? 'savepoints' : 'checkpoints'}\`.`,
  };
}
