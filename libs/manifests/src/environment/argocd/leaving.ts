import type { Environment } from '@millrace/model';

/**
 * Namespaces of what was removed or has moved. Projects go on allowing them: Argo CD prunes only what a project allows,
 * and a person confirms that long after the commit.
 */

/** Those of Kafka clusters. */
export function leavingKafkas({ argocd }: Environment): readonly string[] {
  return Object.values(argocd.leaving.kafkaClusters);
}

/** Those of teams, or of one team. */
export function leavingTeams({ argocd }: Environment, team?: string): readonly string[] {
  return Object.entries(argocd.leaving.teams).flatMap(([name, namespace]) => (team === undefined || team === name ? [namespace] : []));
}
