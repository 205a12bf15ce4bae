import type { Problem, Workspace } from '@millrace/model';

import { problemAt } from './rule.js';

/** A session cluster is of a team that there is, in an environment that runs jobs in sessions. */
export function* sessionClusters(workspace: Workspace): Generator<Problem> {
  const { teams } = workspace.millrace.value;
  for (const declared of workspace.environments.values()) {
    const { environment, flink } = declared.value;
    for (const [session, { team }] of Object.entries(flink.sessions)) {
      if (!(team in teams))
        yield problemAt(declared, ['flink', 'sessions', session, 'team'], `there is no team ${team}`, `Add it: millrace team ${team} --namespace <namespace>`);
      if (flink.mode === 'application')
        yield problemAt(
          declared,
          ['flink', 'sessions'],
          `${environment} runs applications, and has session clusters`,
          'Remove sessions, or write mode: session.',
        );
    }
  }
}
