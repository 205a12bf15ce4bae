import { CONFIG_MAP, FLINK_DEPLOYMENT, FLINK_SESSION_JOB, FLINK_SNAPSHOT, KAFKA, NODE_POOL, REBALANCE, TOPIC, USER } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import { settingsExample } from './settings-example.js';
import { areAlone, healthChecksOf, isSettings, judges } from './settings.js';

/** What Argo CD does without one; its own for Kafka and KafkaUser differ only in what is paused or of an older generation. */
const WITHOUT: Readonly<Record<string, string>> = {
  [FLINK_SESSION_JOB]: 'Argo CD has none of its own',
  [FLINK_SNAPSHOT]: 'Argo CD has none of its own',
  [NODE_POOL]: 'Argo CD has none of its own',
  [REBALANCE]: 'Argo CD has none of its own',
  [FLINK_DEPLOYMENT]: "Argo CD's own takes a failed job for healthy",
  [TOPIC]: "Argo CD's own waits for ever where the Topic Operator refuses something",
};
/** Kinds of the operators that somebody who tells Argo CD about health may have begun with. */
const TOLD = [...Object.keys(WITHOUT), KAFKA, USER];

export const healthCheck: ReferenceRule = {
  id: 'argocd/health-check',
  severity: 'warning',
  title: 'Argo CD that is told the health of some kinds of an operator is told that of all that are used',
  source: 'R50; argo-cd v3.5.1, resource_customizations/{flink.apache.org,kafka.strimzi.io}',
  consequence:
    'A kind without a health check never holds up a wave: what needs it is applied before it is there. What Argo CD has for the others goes on with a failed job, and waits for ever for what is paused.',
  fix: 'Write a script into `resource.customizations.health.<group>_<kind>`; Millrace has one for each kind.',
  reach: 'references',
  on: [CONFIG_MAP],
  *check(subject, universe) {
    if (!isSettings(subject) || !areAlone(subject, universe)) return;
    const checks = healthChecksOf(subject);
    // Who has not begun to tell Argo CD does without: that may be right for what is used.
    if (!TOLD.some((kind) => judges(checks, kind))) return;
    for (const [kind, without] of Object.entries(WITHOUT)) {
      if (judges(checks, kind) || universe.near(subject, kind).length === 0) continue;
      yield { path: ['data', `resource.customizations.health.${kind.replace('/', '_')}`], message: `${kind} is used and has no health check here: ${without}` };
    }
  },
  passes: `${settingsExample(`
resource.customizations.health.kafka.strimzi.io_KafkaTopic: |
  return {status = "Healthy"}`)}---
apiVersion: kafka.strimzi.io/v1
kind: KafkaTopic
metadata: {name: orders, namespace: kafka}
`,
  fails: `${settingsExample(`
resource.customizations.health.kafka.strimzi.io_KafkaTopic: |
  return {status = "Healthy"}`)}---
apiVersion: kafka.strimzi.io/v1
kind: KafkaNodePool
metadata: {name: brokers, namespace: kafka}
`,
};
