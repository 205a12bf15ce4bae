import type { Alert } from './alert.js';

/** What is known of the checkpoints of an environment's jobs. */
export interface Checkpoints {
  /** After how many minutes without a commit Kafka may give up what an exactly-once job has written. */
  readonly transactionMinutes: number;
  /** By the label `app` of the pods, the longest interval between checkpoints of the jobs in them, in minutes. */
  readonly intervalMinutes: ReadonlyMap<string, number>;
}

/**
 * Fires while there is still time: a third of a transaction's life without a checkpoint, or three intervals where those
 * take longer. Transactions begin at a checkpoint, so what is lost first was written just after the last one (R88).
 */
export function noCheckpointAlerts(jobs: string, labels: string, { transactionMinutes, intervalMinutes }: Checkpoints): readonly Alert[] {
  const usual = Math.max(1, Math.floor(transactionMinutes / 3));
  const slow = new Map<number, readonly string[]>();
  for (const [app, interval] of [...intervalMinutes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const window = Math.ceil(3 * interval);
    if (window > usual) slow.set(window, [...(slow.get(window) ?? []), app]);
  }
  const others = [...slow.values()].flat().sort();
  return [
    alertAfter(usual, others.length === 0 ? jobs : `${jobs},app!~'${others.join('|')}'`, labels, transactionMinutes),
    ...[...slow].sort(([a], [b]) => a - b).map(([window, apps]) => alertAfter(window, `${jobs},app=~'${apps.join('|')}'`, labels, transactionMinutes)),
  ];
}

function alertAfter(minutes: number, jobs: string, labels: string, transactionMinutes: number): Alert {
  const window = `${minutes}m`;
  return {
    alert: 'FlinkNoCheckpoint',
    expr: [
      `max by (${labels}) (changes(flink_jobmanager_job_numberOfCompletedCheckpoints{${jobs}}[${window}])) == 0`,
      `and max by (${labels}) (flink_jobmanager_job_runningTime{${jobs}}) > ${minutes * 60_000}`,
    ].join('\n'),
    for: '2m',
    severity: 'critical',
    summary: `{{ $labels.job_name }} in {{ $labels.namespace }} has completed no checkpoint for ${minutes} minutes`,
    meaning: `Kafka gives up what an exactly-once sink has written ${transactionMinutes} minutes after it began, if no checkpoint has published it by then: it is lost.`,
    first:
      "Look at the running checkpoint in Flink's web interface: which operator has not answered, and is it back pressured? Do not restart the job before you know.",
  };
}
