import { hasField, numberAt } from '../../field.js';
import type { ResourceRule } from '../../rule.js';
import { flinkSpecOf, JOBS } from './flink-spec.js';

export const parallelism: ResourceRule = {
  id: 'flink/parallelism',
  severity: 'error',
  title: 'A job has a parallelism, and replicas are at least one',
  source: 'R25; flink-kubernetes-operator, DefaultValidator.java (validateJobSpec, validateJmReplicas, validateTmReplicas)',
  consequence: 'The operator rejects the resource: an absent parallelism is 0 to it.',
  fix: 'Set spec.job.parallelism to 1 or more, for example `parallelism: 2`.',
  reach: 'resource',
  on: JOBS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    if (flink === undefined) return;
    for (const field of ['jobManager', 'taskManager']) {
      const replicas = numberAt(flink.spec, field, 'replicas');
      if (replicas === undefined || replicas >= 1) continue;
      yield {
        path: [...flink.at, field, 'replicas'],
        message: `${field}.replicas must be at least 1, not ${replicas}`,
        fix: `Set spec.${field}.replicas to 1 or more, or remove it. To stop a job, set spec.job.state to suspended.`,
      };
    }
    // TaskManager replicas decide the parallelism where they are set.
    if (flink.job === undefined || hasField(flink.spec, 'taskManager', 'replicas')) return;
    const path = [...flink.at, 'job', 'parallelism'];
    const number = numberAt(flink.job, 'parallelism');
    if (!hasField(flink.job, 'parallelism')) yield { path, message: 'the job has no parallelism, and taskManager.replicas does not set one' };
    else if (number !== undefined && number < 1) yield { path, message: `job.parallelism must be at least 1, not ${number}` };
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", parallelism: 2, upgradeMode: savepoint}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", upgradeMode: savepoint}
`,
};
