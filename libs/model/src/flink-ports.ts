/**
 * The ports of Flink's pods, each a setting. Flink picks some of them by chance, and a network policy can let through
 * none that it does not know (R80). Every pod has an address of its own, so all of them can have the same ports.
 *
 * Sources: Flink's Constants.java for native Kubernetes (6124, 6122), JobManagerOptions.PORT (6123),
 * NettyShuffleEnvironmentOptions.DATA_PORT and MetricOptions.QUERY_SERVICE_PORT (0, by chance: the JobManager asks the
 * TaskManagers there for the metrics that the web interface and the autoscaler show).
 */
export const FLINK_PORTS = {
  'taskmanager.data.port': 6121,
  'taskmanager.rpc.port': 6122,
  'jobmanager.rpc.port': 6123,
  'blob.server.port': 6124,
  'metrics.internal.query-service.port': 6125,
} as const satisfies Readonly<Record<string, number>>;

/** Where a JobManager takes jobs and says how they are: nobody but the operator asks there (R48). */
export const FLINK_REST_PORT = 8081;

/** Where Flink's pods tell Prometheus their metrics (R82). */
export const FLINK_METRICS_PORT = 9249;
