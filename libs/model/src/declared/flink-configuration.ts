import { isEndpointKey, portOf } from '../endpoints.js';
import { FLINK_METRICS_PORT, FLINK_PORTS } from '../flink-ports.js';
import { isSecretFlinkKey } from '../secret-flink-keys.js';
import { config } from './scalars.js';

/** Keys that the operator refuses or overwrites (R25, R33), and keys that belong to the environment. */
const reservedFlinkKeys = new Map([
  ['kubernetes.namespace', 'the operator sets it'],
  ['kubernetes.cluster-id', 'the operator sets it'],
  ['high-availability.cluster-id', 'the operator sets it'],
  ['execution.savepoint.path', 'use initialSavepointPath in placement.yaml'],
  ['execution.state-recovery.path', 'use initialSavepointPath in placement.yaml'],
  ['pipeline.max-parallelism', 'use maxParallelism of the job'],
  ['parallelism.default', 'use parallelism in placement.yaml'],
  ...[
    'execution.checkpointing.dir',
    'state.checkpoints.dir',
    'execution.checkpointing.savepoint-dir',
    'state.savepoints.dir',
    'high-availability.storageDir',
  ].map((key): [string, string] => [key, "it follows from the environment's flink.storage"]),
  ...['high-availability.type', 'high-availability'].map((key): [string, string] => [key, 'the environment sets it']),
  ['taskmanager.numberOfTaskSlots', 'use slots of the session cluster in environment.yaml, or of the job in placement.yaml'],
  // Network policies let through these and no others (R80).
  ...Object.entries(FLINK_PORTS).map(([key, port]): [string, string] => [key, `it is ${port} everywhere, so that network policies can let it through`]),
  ...['rest.port', 'rest.bind-port'].map((key): [string, string] => [key, 'the operator reaches every JobManager at 8081']),
  ['high-availability.jobmanager.port', 'Flink takes that of jobmanager.rpc.port'],
  ['metrics.reporter.prom.port', `it is ${FLINK_METRICS_PORT} everywhere; observability in environment.yaml turns it on`],
  // Whoever reaches Flink's REST endpoint runs code (R48).
  ['kubernetes.rest-service.exposed.type', 'nobody outside the cluster reaches the REST endpoint'],
  ['web.submit.enable', 'a session cluster takes jobs, an application no other'],
  // The operator takes the options of its autoscaler under their former prefix too.
  ...['enabled', 'vertex.min-parallelism', 'vertex.max-parallelism', 'utilization.target', 'target.utilization', 'stabilization.interval', 'metrics.window']
    .flatMap((option) => [`job.autoscaler.${option}`, `kubernetes.operator.job.autoscaler.${option}`])
    .map((key): [string, string] => [key, 'use autoscaler in placement.yaml']),
]);

/** Flink's settings by Flink's names, wherever they are declared. */
export const flinkConfiguration = config.superRefine((entries, context) => {
  for (const [key, value] of Object.entries(entries)) {
    const reason = reservedFlinkKeys.get(key);
    if (reason !== undefined) context.addIssue({ code: 'custom', path: [key], message: `${key} cannot be set here: ${reason}` });
    if (isEndpointKey(key) && portOf(value) === undefined) {
      const message = `${JSON.stringify(value)} is no address: network policies let its port through (for example http://minio.storage.svc:9000)`;
      context.addIssue({ code: 'custom', path: [key], message });
    }
    if (isSecretFlinkKey(key)) {
      context.addIssue({ code: 'custom', path: [key], message: `${key} would put a secret into git: use workload identity, or secrets in placement.yaml` });
    }
  }
});
