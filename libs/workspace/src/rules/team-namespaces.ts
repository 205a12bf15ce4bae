import { type Problem, type Workspace, teamNamespace } from '@millrace/model';

import { problemAt } from './rule.js';

/** Every team has a namespace of its own in every environment. */
export function* teamNamespaces(workspace: Workspace): Generator<Problem> {
  for (const declared of workspace.environments.values()) {
    const { environment, flink } = declared.value;
    const teams = workspace.millrace.value.teams;
    for (const team of Object.keys(flink.namespaces)) {
      if (!(team in teams))
        yield problemAt(declared, ['flink', 'namespaces', team], `there is no team ${team}`, `Add it: millrace team ${team} --namespace <namespace>`);
    }
    const tenants = new Map<string, string>();
    for (const team of Object.keys(teams)) {
      const namespace = teamNamespace(workspace, declared.value, team);
      const other = namespace === undefined ? undefined : tenants.get(namespace);
      if (other !== undefined) {
        yield problemAt(
          declared,
          ['flink', 'namespaces'],
          `the teams ${other} and ${team} share the namespace ${namespace ?? ''} in ${environment}: each could read the other's passwords`,
          'Give one of them another namespace in millrace.yaml, or here under flink.namespaces.',
        );
      }
      if (namespace !== undefined) tenants.set(namespace, team);
    }
  }
}
