/** One thing that a person would type, and why. */
export interface ExampleStep {
  readonly say: string;
  /** Arguments of `millrace`, or of `git` where a promotion is merged as a pull request would be. */
  readonly program: 'millrace' | 'git';
  readonly args: readonly string[];
}

// What a build of the job's image and jar would print. Nothing is downloaded in this example.
const IMAGE = '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae';
const JAR = 'fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9';

const millrace = (say: string, ...args: readonly string[]): ExampleStep => ({ say, program: 'millrace', args });
const git = (say: string, ...args: readonly string[]): ExampleStep => ({ say, program: 'git', args });
const commit = (message: string): readonly ExampleStep[] => [git('', 'add', '--all'), git('', 'commit', '--quiet', '--message', message)];
const merge = (environment: string): ExampleStep =>
  git('Merge it, as the pull request would be', 'merge', '--quiet', '--ff-only', `promote/order-processor-1.0.0-to-${environment}`);

/** The complete example: three environments, a pipeline, a release in staging and prod. */
export const exampleSteps: readonly ExampleStep[] = [
  millrace('Make the repository a Millrace repository', 'init', '--repository', 'https://git.acme.example/platform/streaming.git'),
  millrace('A team, and the namespace of its jobs', 'team', 'orders', '--namespace', 'flink'),
  millrace('Three environments: dev runs jobs in a session cluster', 'environment', 'dev', '--mode', 'session', '--storage', 's3://my-bucket/dev'),
  millrace('', 'environment', 'staging', '--promotes-from', 'dev', '--mode', 'application', '--storage', 's3://my-bucket/staging'),
  millrace('', 'environment', 'prod', '--promotes-from', 'staging', '--mode', 'application', '--storage', 's3://my-bucket/prod'),
  millrace('A Kafka cluster in each', 'kafka-cluster', 'kafka-cluster', '--environment', 'dev', '--storage-class', 'standard', '--storage-size', '10Gi'),
  ...['staging', 'prod'].map((environment) =>
    millrace(
      '',
      ...['kafka-cluster', 'kafka-cluster', '--environment', environment, '--controllers', '3', '--brokers', '3'],
      ...['--storage-class', 'fast-ssd', '--storage-size', '100Gi'],
    ),
  ),
  millrace(
    'A pipeline: two topics, a user, and a Flink job with its Maven project',
    ...['pipeline', 'order-processor', '--team', 'orders', '--topics', 'orders,order-totals', '--partitions', '10'],
    ...['--user', 'flink-app', '--job', 'order-processor', '--reads', 'orders', '--writes', 'order-totals'],
    ...['--consumer-group', 'order-processor-group', '--package', 'com.acme.orders'],
    ...['--flink-configuration', 'execution.checkpointing.interval=60s', '--flink-configuration', 'execution.checkpointing.mode=EXACTLY_ONCE'],
  ),
  millrace(
    'Orders are kept for seven days, compressed',
    ...['topic', 'orders', '--pipeline', 'order-processor', '--config', 'retention.ms=604800000', '--config', 'compression.type=snappy'],
  ),
  millrace(
    'What the build of the job made, by digest',
    ...['artifact', 'order-processor', '--image', `ghcr.io/acme/order-processor@sha256:${IMAGE}`],
    ...['--jar-uri', 'https://artifacts.acme.example/order-processor-1.0.0.jar', '--jar-sha256', JAR],
  ),
  ...commit('The platform and its first pipeline'),
  millrace('Promote it: a release is cut, frozen, and pinned in staging, on a branch of its own', 'promote', 'order-processor', '--to', 'staging'),
  merge('staging'),
  millrace('The same release to prod', 'promote', 'order-processor', '--to', 'prod'),
  merge('prod'),
  millrace(
    'Production is larger',
    ...['resize', 'order-processor', '--environment', 'prod', '--parallelism', '20', '--slots', '2'],
    ...['--task-manager-memory', '4096m', '--task-manager-cpu', '2'],
  ),
  ...commit('Size order-processor for production'),
  millrace('Everything that is generated is what is declared', 'sync', '--check'),
];
