import { verbatim } from '../../template.js';

/** The kinds whose health Argo CD is told how to judge (R50, R51), as argocd-cm names them: `<group>_<kind>`. */
export const HEALTH_CHECKS = [
  'argoproj.io_Application',
  'flink.apache.org_FlinkDeployment',
  'flink.apache.org_FlinkSessionJob',
  'flink.apache.org_FlinkStateSnapshot',
  'kafka.strimzi.io_Kafka',
  'kafka.strimzi.io_KafkaNodePool',
  'kafka.strimzi.io_KafkaRebalance',
  'kafka.strimzi.io_KafkaTopic',
  'kafka.strimzi.io_KafkaUser',
] as const;

/**
 * The health checks of a layout: the keys of argocd-cm, each with its script.
 * Source: argo-cd, util/settings/settings.go (appendResourceOverridesFromSplitKeys).
 */
export function healthChecks(layout: number): Readonly<Record<string, string>> {
  return Object.fromEntries(
    HEALTH_CHECKS.map((groupKind) => [`resource.customizations.health.${groupKind}`, verbatim(layout, `argocd/health/${groupKind}.lua`)]),
  );
}
