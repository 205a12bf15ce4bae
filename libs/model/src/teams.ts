import type { Environment } from './declared/environment.js';
import type { Workspace } from './workspace.js';

/** Where a team's jobs run in an environment; undefined where there is no such team. */
export function teamNamespace(workspace: Workspace, environment: Environment, team: string): string | undefined {
  return environment.flink.namespaces[team] ?? workspace.millrace.value.teams[team]?.namespace;
}
