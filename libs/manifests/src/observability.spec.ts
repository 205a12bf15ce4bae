import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, it } from 'vitest';

import { annotation, list, nameOf, record, Repository, wave } from './repository.fixture.js';
import { at, EVERYTHING, EXAMPLE, type Texts } from './workspace.fixture.js';

const STAGING = 'environments/staging/';
const PROD = 'environments/prod/environment.yaml';
const everything = new Repository(EVERYTHING);

/** The example with something said about observability in prod. */
const observing = (yaml: string, texts: Texts = EXAMPLE): Repository => new Repository({ ...texts, [PROD]: `observability: ${yaml}\n${texts[PROD] ?? ''}` });
const prod = observing('{}');

interface Alert {
  readonly rule: string;
  readonly alert: string;
  readonly expr: string;
  readonly body: unknown;
}

function alertsOf(repository: Repository, environment = ''): readonly Alert[] {
  return repository.all('PrometheusRule', environment).flatMap((body) =>
    list(at(body, 'spec', 'groups')).flatMap((group) =>
      list(at(group, 'rules')).map((rule) => ({
        rule: String(nameOf(body)),
        alert: String(at(rule, 'alert')),
        expr: String(at(rule, 'expr')),
        body: rule,
      })),
    ),
  );
}

const alerts = [...alertsOf(prod), ...alertsOf(everything)];

/** What an expression mentions: metrics, and where it is no PromQL. */
function promql(expr: string): { readonly metrics: readonly string[]; readonly errors: readonly string[] } {
  const metrics: string[] = [];
  const errors: string[] = [];
  parser.parse(expr).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) errors.push(expr.slice(from));
      if (type.name === 'Identifier') metrics.push(expr.slice(from, to));
    },
  });
  return { metrics, errors };
}

describe('what Prometheus is told', () => {
  it('is nothing where nobody asked for it', () => {
    const example = new Repository(EXAMPLE);
    expect([...example.ofKind('PodMonitor'), ...example.ofKind('PrometheusRule')]).toEqual([]);
    expect(example.all('Kafka').filter((body) => at(body, 'spec', 'kafka', 'metricsConfig') !== undefined)).toEqual([]);
    expect(example.all('Application').map(nameOf)).not.toContain('prod.observability');
  });

  it('R19: is told by a Kafka itself, with the reporter that each part of it has', () => {
    expect(at(everything.one('Kafka', `${STAGING}kafka/`), 'spec', 'kafka', 'metricsConfig')).toEqual({ type: 'strimziMetricsReporter' });
    for (const [folder, cluster] of [
      ['kafka', 'kafka-cluster'],
      ['kafka-analytics', 'analytics'],
    ] as const) {
      const configMap = everything.one('ConfigMap', `${STAGING}${folder}/`);
      expect(at(everything.one('Kafka', `${STAGING}${folder}/`), 'spec', 'cruiseControl', 'metricsConfig')).toEqual({
        type: 'jmxPrometheusExporter',
        valueFrom: { configMapKeyRef: { name: nameOf(configMap), key: 'metrics.yaml' } },
      });
      expect(nameOf(configMap)).toBe(`${cluster}-cruise-control-metrics`);
      expect(Object.keys(record(at(configMap, 'data')))).toEqual(['metrics.yaml']);
      expect(wave(configMap)).toBeLessThan(0);
    }
    expect(prod.ofKind('ConfigMap', 'environments/prod/kafka/')).toEqual([]);
  });

  it("R19, R82: finds Kafka, the operators and the jobs by their labels and the names of their ports, in this environment's namespaces", () => {
    const monitors = everything.all('PodMonitor', `${STAGING}observability/`).map((body) => ({
      name: nameOf(body),
      namespaces: at(body, 'spec', 'namespaceSelector', 'matchNames'),
      labels: at(body, 'spec', 'selector', 'matchLabels'),
      ports: list(at(body, 'spec', 'podMetricsEndpoints')).map((endpoint) => at(endpoint, 'port')),
    }));
    // The operators of this cluster are managed by another environment, which watches them.
    expect(monitors).toEqual([
      {
        name: 'staging.kafka',
        namespaces: ['kafka'],
        labels: { 'strimzi.io/cluster': 'kafka-cluster', 'strimzi.io/kind': 'Kafka' },
        ports: ['tcp-prometheus', 'healthcheck-to', 'healthcheck-uo'],
      },
      {
        name: 'staging.kafka-analytics',
        namespaces: ['kafka-analytics'],
        labels: { 'strimzi.io/cluster': 'analytics', 'strimzi.io/kind': 'Kafka' },
        ports: ['tcp-prometheus', 'healthcheck-to', 'healthcheck-uo'],
      },
      { name: 'staging.flink', namespaces: ['flink', 'flink-payments', 'idle'], labels: { type: 'flink-native-kubernetes' }, ports: ['metrics'] },
    ]);
    const operators = prod.all('PodMonitor').filter((body) => String(nameOf(body)).endsWith('-operator'));
    expect(operators.map((body) => [nameOf(body), at(body, 'spec', 'namespaceSelector', 'matchNames'), at(body, 'spec', 'selector', 'matchLabels')])).toEqual([
      ['prod.cert-manager-operator', ['cert-manager'], { 'app.kubernetes.io/name': 'cert-manager' }],
      ['prod.external-secrets-operator', ['external-secrets'], { 'app.kubernetes.io/name': 'external-secrets' }],
      ['prod.strimzi-operator', ['strimzi-operator'], { 'strimzi.io/kind': 'cluster-operator' }],
      ['prod.flink-operator', ['flink-operator'], { 'app.kubernetes.io/name': 'flink-kubernetes-operator' }],
    ]);
    expect(operators.map((body) => at(body, 'spec', 'podMetricsEndpoints'))).toEqual(['http-metrics', 'metrics', 'http', 'metrics'].map((port) => [{ port }]));
  });

  it('R19: says nothing of operators that somebody else keeps', () => {
    const others = observing('{}', {
      ...EXAMPLE,
      [PROD]: `operators: {cert-manager: {managed: false}, external-secrets: {managed: false}, strimzi: {managed: false}, flink: {managed: false}}\n${EXAMPLE[PROD] ?? ''}`,
    });
    expect(others.all('PodMonitor').map(nameOf)).toEqual(['prod.kafka', 'prod.flink']);
  });

  it('is nothing at all, neither an overlay nor an Application, where there is nothing to watch', () => {
    const empty = new Repository({
      'millrace.yaml': 'repository: {url: https://git.acme.example/platform/streaming.git}\nteams: {}\n',
      [PROD]:
        'environment: prod\nlayout: 1\nplatform: "2026.11"\ncluster: {server: https://kubernetes.default.svc, operators: provided}\nobservability: {rules: false}\nflink: {mode: application, storage: s3://my-bucket/prod}\n',
    });
    expect([...empty.files.keys()].filter((path) => path.includes('observability'))).toEqual([]);
  });

  it('R52, R54, R58: comes last, in an Application and a project that may make nothing else, before its kinds are known', () => {
    const application = everything.one('Application', `${STAGING}argocd/`, 'staging.observability');
    const waves = everything.all('Application', `${STAGING}argocd/platform/`).map(wave);
    expect(wave(application)).toBe(Math.max(...waves));
    expect(at(application, 'spec', 'destination', 'namespace')).toBe('observability');
    const project = everything.one('AppProject', `${STAGING}argocd/`, String(at(application, 'spec', 'project')));
    expect(at(project, 'spec', 'destinations')).toEqual([{ server: 'https://10.0.0.1:6443', namespace: 'observability' }]);
    expect(at(project, 'spec', 'clusterResourceWhitelist')).toEqual([]);
    expect(at(project, 'spec', 'namespaceResourceWhitelist')).toEqual(
      ['PodMonitor', 'PrometheusRule'].map((kind) => ({ group: 'monitoring.coreos.com', kind })),
    );
    for (const body of [...everything.all('PodMonitor', STAGING), ...everything.all('PrometheusRule', STAGING)]) {
      expect(annotation(body, 'sync-options')).toBe('SkipDryRunOnMissingResource=true');
      expect(at(body, 'metadata', 'labels')).toEqual({ release: 'kube-prometheus-stack' });
    }
    expect(at(everything.one('Kustomization', `${STAGING}observability/`), 'namespace')).toBe('observability');
  });

  it('R82: can be the pods or the rules alone, or nothing of both', () => {
    const kinds = (repository: Repository) => [repository.ofKind('PodMonitor').length > 0, repository.ofKind('PrometheusRule').length > 0];
    expect(kinds(observing('{rules: false}'))).toEqual([true, false]);
    expect(kinds(observing('{podMonitors: false}'))).toEqual([false, true]);
    const neither = observing('{podMonitors: false, rules: false}');
    expect(kinds(neither)).toEqual([false, false]);
    expect(neither.all('Application').map(nameOf)).not.toContain('prod.observability');
    expect(at(neither.one('Kafka', 'environments/prod/kafka/'), 'spec', 'kafka', 'metricsConfig')).toBeDefined();
  });
});

describe('an alert', () => {
  it('R82: is there for all that on-call engineers are called for', () => {
    expect(new Set(alerts.map(({ alert }) => alert))).toEqual(
      new Set([
        ...['CertManagerDown', 'CertificateNotReady', 'ExternalSecretsDown', 'ExternalSecretNotReady'],
        ...['KafkaOfflinePartitions', 'KafkaUnderMinIsr', 'KafkaUnderReplicatedPartitions', 'KafkaNoActiveController', 'KafkaOfflineReplicas'],
        ...['KafkaBrokersFenced', 'KafkaUncleanLeaderElection', 'KafkaDiskFilling', 'KafkaDiskAlmostFull', 'KafkaNotScraped', 'KafkaTopicsOrUsersFail'],
        ...['KafkaCertificateExpires', 'KafkaCertificateNotRenewed', 'StrimziOperatorDown', 'StrimziReconciliationsFail'],
        ...['FlinkJobNotRunning', 'FlinkJobRestarts', 'FlinkCheckpointsFail', 'FlinkNoCheckpoint', 'FlinkJobFallsBehind', 'FlinkBackPressure'],
        ...['FlinkResourceFailed', 'FlinkResourceRolledBack', 'FlinkUpgradeStuck', 'FlinkOperatorDown', 'FlinkReconciliationsFail'],
        ...['FlinkJobManagerMissing', 'FlinkJobManagerFails', 'FlinkJobManagerNotReady', 'FlinkNotStable', 'FlinkNotScraped'],
        ...['ApplicationDegraded', 'ApplicationProgressing'],
      ]),
    );
  });

  it.each(alerts.map(({ rule, alert, expr }) => [rule, alert, expr] as const))('R82: %s %s is PromQL', (_rule, _alert, expr) => {
    expect(promql(expr).errors).toEqual([]);
  });

  it('R19, R82: asks for metrics that Kafka, Strimzi, Flink, their operators or the kubelet have', () => {
    expect(promql('sum(a_b{c="d"}) > max by (e) (f)').metrics).toEqual(['a_b', 'f']);
    expect(new Set(alerts.flatMap(({ expr }) => promql(expr).metrics))).toEqual(
      new Set([
        // Kafka 4: ControllerMetadataMetrics, QuorumControllerMetrics, ReplicaManager; as Strimzi's reporter spells them.
        ...['activecontrollercount', 'fencedbrokercount', 'offlinepartitionscount'].map((name) => `kafka_controller_kafkacontroller_${name}`),
        'kafka_controller_controllerstats_uncleanleaderelectionspersec_total',
        ...['offlinereplicacount', 'underminisrpartitioncount', 'underreplicatedpartitions'].map((name) => `kafka_server_replicamanager_${name}`),
        // Strimzi 1.2: KafkaAssemblyOperatorMetricsHolder, MetricsHolder.
        'strimzi_certificate_expiration_timestamp_ms',
        'strimzi_reconciliations_failed_total',
        // Flink 1.19 to 2.2: JobStatusMetrics, MetricNames, CheckpointStatsTracker.
        ...['numRestarts', 'numberOfCompletedCheckpoints', 'numberOfFailedCheckpoints', 'runningTime'].map((name) => `flink_jobmanager_job_${name}`),
        'flink_taskmanager_job_task_backPressuredTimeMsPerSecond',
        'flink_taskmanager_job_task_operator_pendingRecords',
        // Flink operator 1.15: LifecycleMetrics, FlinkDeploymentMetrics, OperatorJosdkMetrics.
        ...['CREATED', 'DEPLOYED', 'FAILED', 'ROLLED_BACK', 'SUSPENDED', 'UPGRADING'].map(
          (state) => `flink_k8soperator_namespace_Lifecycle_State_${state}_Count`,
        ),
        ...['DEPLOYED_NOT_READY', 'DEPLOYING', 'ERROR', 'MISSING'].map((status) => `flink_k8soperator_namespace_JmDeploymentStatus_${status}_Count`),
        'flink_k8soperator_namespace_resource_JOSDK_Reconciliation_failed_Count',
        // cert-manager 1.21: certificate_collector.go. External Secrets 2: esmetrics.go.
        'certmanager_certificate_ready_status',
        'externalsecret_status_condition',
        // Argo CD 3.5: controller/metrics/metrics.go.
        'argocd_app_info',
        'kubelet_volume_stats_available_bytes',
        'kubelet_volume_stats_capacity_bytes',
        'up',
      ]),
    );
  });

  it('R82: says what it means and what to do first, whose environment it is, and where the runbook stands if there is one', () => {
    for (const { alert, body } of alertsOf(everything, STAGING)) {
      expect(at(body, 'labels')).toEqual({ severity: expect.stringMatching(/^(?:critical|warning)$/), environment: 'staging' });
      expect(String(at(body, 'annotations', 'summary'))).not.toBe('');
      expect(String(at(body, 'annotations', 'description')).split('\n')).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/[.?]$/)]);
      expect(at(body, 'annotations', 'runbook_url')).toBe(`https://runbooks.acme.example/streaming/${alert}`);
    }
    for (const { body } of alertsOf(prod)) expect(Object.keys(record(at(body, 'annotations')))).toEqual(['summary', 'description']);
  });

  it('R82: is about this environment alone, where environments share a Prometheus', () => {
    for (const { expr, alert } of alerts) {
      for (const selector of expr.match(/[a-z]\w*\{[^}]*\}/gi) ?? [])
        expect(selector, alert).toMatch(/\{(?:resource_)?namespace=|\{resourcens=~|\{namespace=~|\{name=~'(?:dev|staging|prod)\[\.\]/);
    }
    const flink = alertsOf(everything, STAGING).find(({ alert }) => alert === 'FlinkResourceFailed');
    // The reporter spells flink-payments flink_payments, unless it is told not to.
    expect(flink?.expr).toContain("{resourcens=~'flink|flink[-_]payments|idle'}");
  });

  it('R18, R82: warns of a certificate a month before its end, and calls somebody when the renewal did not come', () => {
    const days = (alert: string) =>
      alertsOf(prod)
        .find((one) => one.alert === alert)
        ?.expr.match(/< (\d+) \* 86400/)?.[1];
    expect([days('KafkaCertificateExpires'), days('KafkaCertificateNotRenewed')]).toEqual(['30', '7']);
    const staging = alertsOf(everything, STAGING).find(({ alert }) => alert === 'KafkaCertificateExpires');
    // The renewal of staging's begins 60 and 45 days before their ends.
    expect(staging?.expr).toContain('< 45 * 86400');
  });

  const exprOf = (repository: Repository, alert: string, environment = '') => alertsOf(repository, environment).filter((one) => one.alert === alert);

  it('R82: counts no JobManager as missing whose job is suspended, or not begun', () => {
    const [missing] = exprOf(prod, 'FlinkJobManagerMissing');
    const count = (metric: string, more = '') => `sum by (resourcens) (flink_k8soperator_namespace_${metric}_Count{resourcens=~'flink'${more}})`;
    const deployments = ",resourcetype='FlinkDeployment'";
    expect(missing?.expr).toBe(
      `${count('JmDeploymentStatus_MISSING')} - ${count('Lifecycle_State_SUSPENDED', deployments)} - ${count('Lifecycle_State_CREATED', deployments)} > 0`,
    );
  });

  it('R82: says that Prometheus does not reach what the pods of Flink are watched by', () => {
    const [monitor] = everything.all('PodMonitor', `${STAGING}observability/`).filter((body) => nameOf(body) === 'staging.flink');
    expect(at(monitor, 'spec', 'podTargetLabels')).toContain('component');
    expect(exprOf(everything, 'FlinkNotScraped', STAGING)[0]?.expr).toContain("component=~'jobmanager|taskmanager'");
  });

  it('R82: stops a rolling update as Strimzi does it: paused before the next reconciliation, and the one that runs ended with its pod', () => {
    const [underMinIsr] = exprOf(prod, 'KafkaUnderMinIsr', 'environments/prod/');
    expect(String(at(underMinIsr?.body, 'annotations', 'description'))).toMatch(
      /kubectl -n kafka annotate kafka kafka-cluster strimzi\.io\/pause-reconciliation=true, then delete the pod of the Cluster Operator/,
    );
  });

  /** Window, jobs and life of a transaction of each alert about checkpoints in prod. */
  const noCheckpoint = (flink: string, placed = '', kafka = '') => {
    const placement = `release: 1.4.0\njobs: {order-processor: {${placed}}}\n`;
    const environment = (EXAMPLE[PROD] ?? '').replace('flink: {', `flink: {${flink}`).replace('kafka:\n', `kafka:\n${kafka}`);
    const repository = observing('{}', { ...EXAMPLE, [PROD]: environment, 'environments/prod/pipelines/order-processor/placement.yaml': placement });
    return exprOf(repository, 'FlinkNoCheckpoint', 'environments/prod/').map(({ expr, body }) => [
      /\[(\w+)\]/.exec(expr)?.[1],
      /app[!=]~'[^']*'/.exec(expr)?.[0],
      /\d+ minutes/.exec(String(at(body, 'annotations', 'description')))?.[0],
    ]);
  };
  const every = (interval: string) => `flinkConfiguration: {execution.checkpointing.interval: ${interval}}`;

  it('R88: calls for a checkpoint well before transactions end, and no sooner than it is due', () => {
    expect(noCheckpoint('', every('5 min'))).toEqual([['20m', undefined, '60 minutes']]);
    expect(noCheckpoint('', every('30 min'))).toEqual([
      ['20m', "app!~'order-processor'", '60 minutes'],
      ['90m', "app=~'order-processor'", '60 minutes'],
    ]);
    // The release says 60s itself.
    expect(noCheckpoint('flinkConfiguration: {execution.checkpointing.interval: 600000}, ')).toEqual([['20m', undefined, '60 minutes']]);
    expect(noCheckpoint('', '', '  config: {transaction.max.timeout.ms: "900000"}\n')).toEqual([['5m', undefined, '15 minutes']]);
  });
});
