import type { Kafka } from '@millrace/model';

import type { Alert } from './alert.js';

/**
 * What can go wrong with a Kafka cluster. Names of metrics are those of Strimzi's Metrics Reporter, which are Kafka's own in small
 * letters (metrics-reporter, YammerMetricWrapper.java; of what Strimzi lets through, KafkaCluster.java, DEFAULT_METRICS_ALLOW_LIST);
 * of the volumes the kubelet's; of certificates and reconciliations those of Strimzi's operators (MetricsHolder.java).
 */
export function kafkaAlerts({ cluster, namespace, certificates }: Kafka): readonly Alert[] {
  const nodes = `namespace='${namespace}',strimzi_io_cluster='${cluster}'`;
  const volumes = `namespace='${namespace}',persistentvolumeclaim=~'data-[0-9]+-${cluster}-.+'`;
  const renewalDays = Math.min(certificates?.clusterCa.renewalDays ?? 30, certificates?.clientsCa.renewalDays ?? 30);
  const expires = (days: number) =>
    `min by (cluster, type) (strimzi_certificate_expiration_timestamp_ms{resource_namespace='${namespace}',cluster='${cluster}'}) / 1000 - time() < ${days} * 86400`;
  return [
    {
      alert: 'KafkaOfflinePartitions',
      expr: `max(kafka_controller_kafkacontroller_offlinepartitionscount{${nodes}}) > 0`,
      for: '1m',
      severity: 'critical',
      summary: `{{ $value }} partitions of ${cluster} have no leader`,
      meaning: 'Nobody can read or write them: every broker that has a copy is gone, or its disk is.',
      first: `Look which brokers are not running (kubectl -n ${namespace} get pods -l strimzi.io/cluster=${cluster}) and bring back the one that was last in sync. Do not delete its volume.`,
    },
    {
      alert: 'KafkaUnderMinIsr',
      expr: `sum(kafka_server_replicamanager_underminisrpartitioncount{${nodes}}) > 0`,
      for: '2m',
      severity: 'critical',
      summary: `{{ $value }} partitions of ${cluster} have fewer copies in sync than min.insync.replicas`,
      meaning: 'Producers that wait for all copies are refused, Flink jobs among them: their checkpoints fail.',
      first: `Look which brokers are down or being restarted, and whether more than one is. To stop a rolling update: kubectl -n ${namespace} annotate kafka ${cluster} strimzi.io/pause-reconciliation=true, then delete the pod of the Cluster Operator that leads: it asks for the annotation only before it begins. Take the annotation off afterwards (strimzi.io/pause-reconciliation-).`,
    },
    {
      alert: 'KafkaUnderReplicatedPartitions',
      expr: `sum by (pod) (kafka_server_replicamanager_underreplicatedpartitions{${nodes}}) > 0`,
      for: '15m',
      severity: 'warning',
      summary: '{{ $labels.pod }} leads {{ $value }} partitions that lack a copy in sync',
      meaning: 'One more loss and they may be read only, or gone. A restart causes this for minutes, not for a quarter of an hour.',
      first: 'Look for a broker that is down, slow on its disk, or catching up after a move of replicas.',
    },
    {
      alert: 'KafkaNoActiveController',
      expr: `sum(kafka_controller_kafkacontroller_activecontrollercount{${nodes}}) != 1\nor absent(kafka_controller_kafkacontroller_activecontrollercount{${nodes}})`,
      for: '3m',
      severity: 'critical',
      summary: `${cluster} has no active controller, or more than one`,
      meaning: 'No leader can be elected and no topic changed: the next broker that fails takes its partitions along.',
      first: `Look at the logs of the controllers (kubectl -n ${namespace} get pods -l strimzi.io/cluster=${cluster},strimzi.io/controller-role=true): most of them must run and reach each other.`,
    },
    {
      alert: 'KafkaOfflineReplicas',
      expr: `sum by (pod) (kafka_server_replicamanager_offlinereplicacount{${nodes}}) > 0`,
      for: '2m',
      severity: 'critical',
      summary: '{{ $labels.pod }} cannot read {{ $value }} of its replicas',
      meaning: 'A disk of the broker has failed; Kafka has taken it out of use.',
      first: "Look at the broker's log for the directory and the error, and at the volume behind it.",
    },
    {
      alert: 'KafkaBrokersFenced',
      expr: `max(kafka_controller_kafkacontroller_fencedbrokercount{${nodes}}) > 0`,
      for: '15m',
      severity: 'warning',
      summary: `{{ $value }} brokers of ${cluster} are registered but not taking part`,
      meaning: 'They are down, starting, or do not reach the controllers.',
      first: 'Compare the pods that run with the node pool; read the log of the one that does not get ready.',
    },
    {
      alert: 'KafkaUncleanLeaderElection',
      expr: `sum(increase(kafka_controller_controllerstats_uncleanleaderelectionspersec_total{${nodes}}[15m])) > 0`,
      for: '0m',
      severity: 'critical',
      summary: `${cluster} has made a copy that was not in sync the leader`,
      meaning: 'Records that were written and acknowledged may be lost.',
      first: 'Find the partitions in the log of the controllers, tell the teams whose topics they are, and look for unclean.leader.election.enable.',
    },
    {
      alert: 'KafkaDiskFilling',
      expr: `kubelet_volume_stats_available_bytes{${volumes}} / kubelet_volume_stats_capacity_bytes{${volumes}} < 0.2`,
      for: '10m',
      severity: 'warning',
      summary: '{{ $labels.persistentvolumeclaim }} has {{ $value | humanizePercentage }} of its space left',
      meaning: 'A broker stops when its volume is full.',
      first: 'Raise storage.size in environment.yaml: volumes can grow, never shrink. Or shorten the retention of the largest topics.',
    },
    {
      alert: 'KafkaDiskAlmostFull',
      expr: `kubelet_volume_stats_available_bytes{${volumes}} / kubelet_volume_stats_capacity_bytes{${volumes}} < 0.07`,
      for: '2m',
      severity: 'critical',
      summary: '{{ $labels.persistentvolumeclaim }} has {{ $value | humanizePercentage }} of its space left',
      meaning: 'A broker stops when its volume is full, and does not start again before there is room.',
      first: 'Raise storage.size in environment.yaml now, and slow down whoever writes most (quotas).',
    },
    {
      alert: 'KafkaCertificateExpires',
      expr: expires(renewalDays),
      for: '1h',
      severity: 'warning',
      summary: 'The {{ $labels.type }} certificate of {{ $labels.cluster }} expires in {{ $value | humanizeDuration }}',
      meaning: `Strimzi renews it ${renewalDays} days before its end, in the next maintenance window. Clients that keep the old one stop connecting.`,
      first:
        'Look whether a maintenance window opens before then, and whether the operator reconciles. After the renewal restart the jobs that read certificates only at their start: raise restartNonce.',
    },
    {
      alert: 'KafkaCertificateNotRenewed',
      expr: expires(Math.min(7, renewalDays)),
      for: '10m',
      severity: 'critical',
      summary: 'The {{ $labels.type }} certificate of {{ $labels.cluster }} expires in {{ $value | humanizeDuration }}, and is not renewed',
      meaning: 'Brokers and clients stop talking to each other when it ends.',
      first: 'Look at the log of the Cluster Operator. No maintenance window that opened in time is the common cause: add one.',
    },
    {
      alert: 'KafkaNotScraped',
      expr: `up{${nodes}} == 0`,
      for: '15m',
      severity: 'warning',
      summary: 'Prometheus does not reach {{ $labels.pod }}',
      meaning: 'None of the other alerts can fire for it.',
      first: "Look whether the pod runs, and whether a network policy lets Prometheus' namespace reach its metrics port.",
    },
    {
      alert: 'KafkaTopicsOrUsersFail',
      expr: `sum by (kind) (increase(strimzi_reconciliations_failed_total{${nodes}}[15m])) > 0`,
      for: '30m',
      severity: 'warning',
      summary: `A {{ $labels.kind }} of ${cluster} cannot be brought to what is declared`,
      meaning: 'Topics, settings, users or rights are not what git says.',
      first: `Look which are not ready: kubectl -n ${namespace} get kafkatopics,kafkausers. The reason is in their status.`,
    },
  ];
}
