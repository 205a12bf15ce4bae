import type { ResourceRule } from '../../rule.js';
import { flinkSpecOf, JOBS } from './flink-spec.js';
import { parallelismOf } from './task-managers.js';

export const maxParallelism: ResourceRule = {
  id: 'flink/max-parallelism',
  severity: 'error',
  title: 'The maximum parallelism is not below the parallelism',
  source: 'R84; Flink, ExecutionJobVertex.java and VertexParallelismInformation (parallelism higher than the max parallelism)',
  consequence: 'The job does not start: "Vertex\'s parallelism is higher than the max parallelism".',
  fix: 'Raise pipeline.max-parallelism. It is fixed for the life of the state: choose a number with many divisors, such as 120, 360 or 720.',
  reach: 'resource',
  on: JOBS,
  *check(subject) {
    const flink = flinkSpecOf(subject);
    const setting = flink?.settings.key('pipeline.max-parallelism');
    const most = Number(setting?.text);
    const wanted = flink === undefined ? undefined : parallelismOf(flink);
    // -1 leaves it to Flink.
    if (setting === undefined || wanted === undefined || !(most > 0) || wanted <= most) return;
    yield { path: setting.path, message: `pipeline.max-parallelism is ${setting.text}, but the job runs with a parallelism of ${wanted}` };
  },
  passes: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {pipeline.max-parallelism: "120"}
  job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", parallelism: 8, upgradeMode: savepoint}
`,
  fails: `
apiVersion: flink.apache.org/v1beta1
kind: FlinkDeployment
metadata: {name: order-processor, namespace: flink}
spec:
  flinkVersion: v2_2
  flinkConfiguration: {pipeline.max-parallelism: "4"}
  job: {jarURI: "local:///opt/flink/usrlib/order-processor.jar", parallelism: 8, upgradeMode: savepoint}
`,
};
