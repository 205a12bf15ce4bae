import { FLINK_METRICS_PORT, FLINK_PORTS, type Environment } from '@millrace/model';

import { sorted, unlessEmpty } from '../context-values.js';
import { identitySettings } from './file-systems.js';

/**
 * What every Flink cluster of an environment has for settings, of a session and of an application alike: a person's own
 * come after these. `team` is the one whose jobs run in it.
 */
export function clusterSettings(environment: Environment, team: string): Record<string, string> {
  const { flink, observability } = environment;
  return {
    // Without it a lost JobManager starts the job again from where it was first deployed, and doubles records (R28).
    'high-availability.type': 'kubernetes',
    'kubernetes.rest-service.exposed.type': 'ClusterIP',
    'web.cancel.enable': 'false',
    // A patch that adds a template for JobManagers or TaskManagers adds to the lists here, not to their first elements (R46).
    'kubernetes.operator.pod-template.merge-arrays-by-name': 'true',
    // Also where there are no network policies: who turns them on restarts no job.
    ...Object.fromEntries(Object.entries(FLINK_PORTS).map(([key, port]) => [key, String(port)])),
    ...(observability === undefined
      ? {}
      : {
          'metrics.reporter.prom.factory.class': 'org.apache.flink.metrics.prometheus.PrometheusReporterFactory',
          'metrics.reporter.prom.port': String(FLINK_METRICS_PORT),
        }),
    ...(team in flink.identities ? identitySettings(flink.storage) : {}),
  };
}

/** The port at which the pods of an environment tell their metrics; undefined where nobody asks for them (R82). */
export function metricsPort({ observability }: Environment): number | undefined {
  return observability === undefined ? undefined : FLINK_METRICS_PORT;
}

/** Labels for pods with which a cloud's webhook knows the identity of a team; undefined where it has none. */
export function podLabels({ flink }: Environment, team: string): Readonly<Record<string, string>> | undefined {
  return unlessEmpty(sorted(flink.identities[team]?.podLabels ?? {}));
}
