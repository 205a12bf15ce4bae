/** A former name of an option, which Flink still reads. */
export interface FormerName {
  readonly former: string;
  readonly name: string;
  /** The first Flink that knows the name; none older than 1.17 is told apart. */
  readonly since: readonly [major: number, minor: number];
}

const since = (major: number, minor: number, names: Readonly<Record<string, string>>): readonly FormerName[] =>
  Object.entries(names).map(([former, name]) => ({ former, name, since: [major, minor] }));

/** The options that were renamed and are set in deployments: Flink's own declarations of deprecated keys, 1.17 to 2.2. */
const formerNames: readonly FormerName[] = [
  ...since(1, 17, {
    'classloader.parent-first-patterns': 'classloader.parent-first-patterns.default',
    'env.java.opts': 'env.java.opts.all',
    'execution.allow-client-job-configurations': 'execution.program-config.enabled',
    'execution.buffer-timeout': 'execution.buffer-timeout.interval',
    'execution.checkpointing.alignment-timeout': 'execution.checkpointing.aligned-checkpoint-timeout',
    'execution.checkpointing.unaligned': 'execution.checkpointing.unaligned.enabled',
    'high-availability': 'high-availability.type',
    'high-availability.zookeeper.storageDir': 'high-availability.storageDir',
    'kubernetes.container.image': 'kubernetes.container.image.ref',
    'kubernetes.jobmanager.cpu': 'kubernetes.jobmanager.cpu.amount',
    'kubernetes.pod-template-file': 'kubernetes.pod-template-file.default',
    'kubernetes.taskmanager.cpu': 'kubernetes.taskmanager.cpu.amount',
    'metrics.scope.jm.job': 'metrics.scope.jm-job',
    'metrics.scope.tm.job': 'metrics.scope.tm-job',
    'recovery.mode': 'high-availability.type',
    'restart-strategy': 'restart-strategy.type',
    'slotmanager.taskmanager-timeout': 'resourcemanager.taskmanager-timeout',
    'state.backend': 'state.backend.type',
    'task.cancellation-interval': 'task.cancellation.interval',
    'taskmanager.memory.size': 'taskmanager.memory.managed.size',
    'taskmanager.network.memory.fraction': 'taskmanager.memory.network.fraction',
    'taskmanager.network.memory.max': 'taskmanager.memory.network.max',
    'taskmanager.network.memory.min': 'taskmanager.memory.network.min',
    'taskmanager.tmp.dirs': 'io.tmp.dirs',
    'web.port': 'rest.port',
  }),
  ...since(1, 18, {
    'akka.ask.timeout': 'pekko.ask.timeout',
    'akka.framesize': 'pekko.framesize',
    'akka.lookup.timeout': 'pekko.lookup.timeout',
    'akka.startup-timeout': 'pekko.startup-timeout',
    'akka.tcp.timeout': 'pekko.tcp.timeout',
    'pipeline.operator-chaining': 'pipeline.operator-chaining.enabled',
  }),
  ...since(1, 20, {
    'execution.checkpointing.recover-without-channel-state.checkpoint-id': 'execution.state-recovery.without-channel-state.checkpoint-id',
    'execution.savepoint-restore-mode': 'execution.state-recovery.claim-mode',
    'execution.savepoint.ignore-unclaimed-state': 'execution.state-recovery.ignore-unclaimed-state',
    'execution.savepoint.path': 'execution.state-recovery.path',
    'savepoints.state.backend.fs.dir': 'execution.checkpointing.savepoint-dir',
    'state.backend.changelog.enabled': 'state.changelog.enabled',
    'state.backend.changelog.storage': 'state.changelog.storage',
    'state.backend.fs.checkpointdir': 'execution.checkpointing.dir',
    'state.backend.fs.memory-threshold': 'execution.checkpointing.data-inline-threshold',
    'state.backend.fs.write-buffer-size': 'execution.checkpointing.write-buffer-size',
    'state.backend.incremental': 'execution.checkpointing.incremental',
    'state.backend.latency-track.keyed-state-enabled': 'state.latency-track.keyed-state-enabled',
    'state.backend.local-recovery': 'execution.state-recovery.from-local',
    'state.checkpoint-storage': 'execution.checkpointing.storage',
    'state.checkpoint.cleaner.parallel-mode': 'execution.checkpointing.cleaner.parallel-mode',
    'state.checkpoints.create-subdir': 'execution.checkpointing.create-subdir',
    'state.checkpoints.dir': 'execution.checkpointing.dir',
    'state.checkpoints.num-retained': 'execution.checkpointing.num-retained',
    'state.savepoints.dir': 'execution.checkpointing.savepoint-dir',
    'state.storage.fs.memory-threshold': 'execution.checkpointing.data-inline-threshold',
    'state.storage.fs.write-buffer-size': 'execution.checkpointing.write-buffer-size',
    'taskmanager.state.local.root-dirs': 'execution.checkpointing.local-backup.dirs',
  }),
  ...since(2, 0, {
    'high-availability.zookeeper.path.jobgraphs': 'high-availability.zookeeper.path.execution-plans',
    'jobmanager.adaptive-scheduler.resource-stabilization-timeout': 'jobmanager.adaptive-scheduler.submission.resource-stabilization-timeout',
    'jobmanager.adaptive-scheduler.resource-wait-timeout': 'jobmanager.adaptive-scheduler.submission.resource-wait-timeout',
    'jobmanager.adaptive-scheduler.scaling-interval.min': 'jobmanager.adaptive-scheduler.executing.cooldown-after-rescaling',
  }),
];

const byFormer = new Map(formerNames.map((entry) => [entry.former, entry]));

/** Every name under which Flink reads an option, the present one first. */
export function namesOf(name: string): readonly string[] {
  return [name, ...formerNames.filter((entry) => entry.name === name).map(({ former }) => former)];
}

/** What a former name is called now; undefined for a name that is no former one. */
export function renamed(key: string): FormerName | undefined {
  return byFormer.get(key);
}
