import { inNamespaces, type Alert } from './alert.js';
import { noCheckpointAlerts, type Checkpoints } from './checkpoint-alerts.js';

/** By what a job is told apart: `app` is the FlinkDeployment, a label of its pods. */
const JOB = 'namespace, app, job_name';

/**
 * What can go wrong with the jobs in some namespaces. Names of metrics are Flink's own behind the scope of its Prometheus reporter
 * (JobStatusMetrics.java, MetricNames.java, CheckpointStatsTracker.java), and the operator's (LifecycleMetrics.java,
 * FlinkDeploymentMetrics.java). Lag is what a source says of itself: Kafka knows none, and of a Flink job only what its last
 * checkpoint committed.
 */
export function flinkAlerts(namespaces: readonly string[], checkpoints: Checkpoints): readonly Alert[] {
  const jobs = inNamespaces('namespace', namespaces);
  // Flink's reporter writes "_" for what Prometheus takes in no name, in values too unless it is told not to.
  const resources = inNamespaces(
    'resourcens',
    namespaces.map((namespace) => namespace.replaceAll('-', '[-_]')),
  );
  const inState = (state: string) => `sum by (resourcens, resourcetype) (flink_k8soperator_namespace_Lifecycle_State_${state}_Count{${resources}}) > 0`;
  const jobManagers = (status: string) => `sum by (resourcens) (flink_k8soperator_namespace_JmDeploymentStatus_${status}_Count{${resources}})`;
  const deployments = (state: string) =>
    `sum by (resourcens) (flink_k8soperator_namespace_Lifecycle_State_${state}_Count{${resources},resourcetype='FlinkDeployment'})`;
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
    ...noCheckpointAlerts(jobs, JOB, checkpoints),
    {
      alert: 'FlinkJobFallsBehind',
      expr: `${pending} > 10000\nand deriv(${pending}[30m:1m]) > 0`,
      for: '30m',
      severity: 'warning',
      summary: '{{ $labels.job_name }} in {{ $labels.namespace }} is {{ $value | humanize }} records behind, and falls further behind',
      meaning: 'It reads more slowly than others write. When the topic forgets records before they are read, they are lost to the job.',
      first:
        'Look for back pressure. Where all operators are busy, give it more with millrace resize: parallelism, or, where the autoscaler is on and chooses that, its limit (--autoscale-max) or memory.',
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
      alert: 'FlinkNotStable',
      expr: inState('DEPLOYED'),
      for: '30m',
      severity: 'warning',
      summary: '{{ $value }} {{ $labels.resourcetype }} in {{ $labels.resourcens }} have been deployed for half an hour, and do not run',
      meaning: 'The operator has seen no job running since the last change: it waits for TaskManagers, or fails before it starts.',
      first: 'Find it (kubectl get flinkdeployments,flinksessionjobs), look at its pods and at the exceptions in its log.',
    },
    {
      alert: 'FlinkJobManagerNotReady',
      expr: `${jobManagers('DEPLOYING')} + ${jobManagers('DEPLOYED_NOT_READY')} > 0`,
      for: '15m',
      severity: 'critical',
      summary: '{{ $value }} JobManagers in {{ $labels.resourcens }} have not been ready for a quarter of an hour',
      meaning: 'Their jobs do not run, and no alert of a job itself fires: without a JobManager it has no metrics.',
      first: 'Look at the pods of the JobManagers: a pending one finds no node, volume or quota; one that runs says in its log what it waits for.',
    },
    {
      // What is suspended has no JobManager either, once Flink's pods are gone: a day after its savepoint. Until then it is taken
      // off here too, and one that is missing beside it is not counted.
      alert: 'FlinkJobManagerMissing',
      expr: `${jobManagers('MISSING')} - ${deployments('SUSPENDED')} - ${deployments('CREATED')} > 0`,
      for: '10m',
      severity: 'critical',
      summary: '{{ $value }} JobManagers in {{ $labels.resourcens }} are missing',
      meaning: 'The operator could not make a Deployment, or somebody deleted it. A job that has come to its own end has none either, a day later.',
      first:
        'Look at JOB STATUS and the events of the FlinkDeployments: what refuses the Deployment (a policy, a right)? FINISHED is an end: suspend that job in git, or remove it.',
    },
    {
      alert: 'FlinkJobManagerFails',
      expr: `${jobManagers('ERROR')} > 0`,
      for: '10m',
      severity: 'critical',
      summary: '{{ $value }} JobManagers in {{ $labels.resourcens }} cannot be deployed',
      meaning: 'Their pods do not start, or are refused, and no alert of a job itself fires: without a JobManager it has no metrics.',
      first: 'Read status.error of the FlinkDeployment: does the image exist, does it start, does a quota or a policy refuse its pods?',
    },
    {
      alert: 'FlinkNotScraped',
      expr: `up{${jobs},component=~'jobmanager|taskmanager'} == 0`,
      for: '15m',
      severity: 'warning',
      summary: 'Prometheus does not reach {{ $labels.pod }} in {{ $labels.namespace }}',
      meaning: 'None of the alerts of its job can fire.',
      first: "Look whether the pod runs, and whether a network policy lets Prometheus' namespace reach its metrics port.",
    },
  ];
}
