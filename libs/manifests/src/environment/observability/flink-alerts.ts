import { inNamespaces, type Alert } from './alert.js';

/** By what a job is told apart: `app` is the FlinkDeployment, a label of its pods. */
const JOB = 'namespace, app, job_name';

/**
 * What can go wrong with the jobs in some namespaces. Names of metrics are Flink's own behind the scope of its Prometheus reporter
 * (JobStatusMetrics.java, MetricNames.java, CheckpointStatsTracker.java), and the operator's (LifecycleMetrics.java,
 * FlinkDeploymentMetrics.java). Lag is what a source says of itself: Kafka knows none, and of a Flink job only what its last
 * checkpoint committed.
 */
export function flinkAlerts(namespaces: readonly string[]): readonly Alert[] {
  const jobs = inNamespaces('namespace', namespaces);
  // Flink's reporter writes "_" for what Prometheus takes in no name, in values too unless it is told not to.
  const resources = inNamespaces(
    'resourcens',
    namespaces.map((namespace) => namespace.replaceAll('-', '[-_]')),
  );
  const inState = (state: string) => `sum by (resourcens, resourcetype) (flink_k8soperator_namespace_Lifecycle_State_${state}_Count{${resources}}) > 0`;
  const jobManagers = (status: string) => `sum by (resourcens) (flink_k8soperator_namespace_JmDeploymentStatus_${status}_Count{${resources}})`;
  const pending = `sum by (${JOB}) (flink_taskmanager_job_task_operator_pendingRecords{${jobs}})`;
  return [
    {
      alert: 'FlinkJobNotRunning',
      expr: `max by (${JOB}) (flink_jobmanager_job_runningTime{${jobs}}) == 0`,
      for: '5m',
      severity: 'critical',
      summary: '{{ $labels.job_name }} in {{ $labels.namespace }} does not run',
      meaning: 'Its JobManager is there, but the job restarts again and again, or waits for TaskManagers.',
      first: "Look at the job's exceptions in Flink's web interface, and whether TaskManager pods of {{ $labels.app }} are pending.",
    },
    {
      alert: 'FlinkJobRestarts',
      expr: `max by (${JOB}) (increase(flink_jobmanager_job_numRestarts{${jobs}}[15m])) > 3`,
      for: '1m',
      severity: 'warning',
      summary: '{{ $labels.job_name }} in {{ $labels.namespace }} has restarted {{ $value | humanize }} times in a quarter of an hour',
      meaning: 'Each restart goes back to the last checkpoint: work is done again, and results come late.',
      first: "Look at the first exception after a restart in Flink's web interface; memory (OOMKilled) and a record that cannot be read are the usual ones.",
    },
    {
      alert: 'FlinkCheckpointsFail',
      expr: `max by (${JOB}) (increase(flink_jobmanager_job_numberOfFailedCheckpoints{${jobs}}[15m])) > 2`,
      for: '1m',
      severity: 'warning',
      summary: 'Checkpoints of {{ $labels.job_name }} in {{ $labels.namespace }} fail',
      meaning: 'The way back after a failure gets longer; exactly-once results are not published meanwhile.',
      first: 'Look whether they time out (back pressure, too large a state) or are refused (the object storage, Kafka transactions).',
    },
    {
      alert: 'FlinkNoCheckpoint',
      expr: `max by (${JOB}) (changes(flink_jobmanager_job_numberOfCompletedCheckpoints{${jobs}}[30m])) == 0\nand max by (${JOB}) (flink_jobmanager_job_runningTime{${jobs}}) > 1800000`,
      for: '5m',
      severity: 'critical',
      summary: '{{ $labels.job_name }} in {{ $labels.namespace }} has completed no checkpoint for half an hour',
      meaning: 'Transactions of an exactly-once sink expire after an hour: what they hold is lost then.',
      first:
        "Look at the running checkpoint in Flink's web interface: which operator has not answered, and is it back pressured? Do not restart the job before you know.",
    },
    {
      alert: 'FlinkJobFallsBehind',
      expr: `${pending} > 10000\nand deriv(${pending}[30m:1m]) > 0`,
      for: '30m',
      severity: 'warning',
      summary: '{{ $labels.job_name }} in {{ $labels.namespace }} is {{ $value | humanize }} records behind, and falls further behind',
      meaning: 'It reads more slowly than others write. When the topic forgets records before they are read, they are lost to the job.',
      first: 'Look for back pressure; where all operators are busy, give it more: millrace resize.',
    },
    {
      alert: 'FlinkBackPressure',
      expr: `max by (${JOB}, task_name) (flink_taskmanager_job_task_backPressuredTimeMsPerSecond{${jobs}}) > 800`,
      for: '30m',
      severity: 'warning',
      summary: '{{ $labels.task_name }} of {{ $labels.job_name }} in {{ $labels.namespace }} waits for what comes after it',
      meaning: 'A later operator or a sink is too slow: checkpoints take longer, and lag grows.',
      first: "Find the first busy operator behind it in Flink's web interface; look at skewed keys before you raise the parallelism.",
    },
    {
      alert: 'FlinkResourceFailed',
      expr: inState('FAILED'),
      for: '5m',
      severity: 'critical',
      summary: '{{ $value }} {{ $labels.resourcetype }} in {{ $labels.resourcens }} have failed',
      meaning: 'The job has ended with an error and is not restarted.',
      first:
        'Find it (kubectl get flinkdeployments,flinksessionjobs) and read status.error. Its last checkpoint is kept: correct the cause by a commit, and the operator goes on from there.',
    },
    {
      alert: 'FlinkResourceRolledBack',
      expr: inState('ROLLED_BACK'),
      for: '5m',
      severity: 'warning',
      summary: '{{ $value }} {{ $labels.resourcetype }} in {{ $labels.resourcens }} run an older specification than git says',
      meaning: 'The operator went back because the new one did not become stable.',
      first: 'Read status.error, then revert or correct the last change in git: what runs and what is declared must agree.',
    },
    {
      alert: 'FlinkUpgradeStuck',
      expr: inState('UPGRADING'),
      for: '30m',
      severity: 'warning',
      summary: '{{ $value }} {{ $labels.resourcetype }} in {{ $labels.resourcens }} have been upgrading for half an hour',
      meaning: 'The old job is stopped or stopping, the new one does not start.',
      first: 'Look whether the savepoint completes, and whether the new pods find image, memory and node.',
    },
    {
      alert: 'FlinkJobManagerMissing',
      expr: `${jobManagers('MISSING')} + ${jobManagers('ERROR')} > 0`,
      for: '10m',
      severity: 'critical',
      summary: '{{ $value }} JobManagers in {{ $labels.resourcens }} are missing or in error',
      meaning: 'Nothing runs there, and no other alert of the job fires: it has no metrics.',
      first: 'Look at the Deployment of the job: does its image exist, does a quota or a policy refuse its pods?',
    },
  ];
}
