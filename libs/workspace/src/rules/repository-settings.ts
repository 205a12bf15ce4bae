import type { Problem, Workspace } from '@millrace/model';

import { problemAt } from './rule.js';

/** A hub is an environment; and owners are named where a forge would read them. */
export function* repositorySettings({ millrace, environments }: Workspace): Generator<Problem> {
  const { argocd, repository, owners, teams } = millrace.value;
  if (argocd.hub !== undefined && !environments.has(argocd.hub)) {
    yield problemAt(
      millrace,
      ['argocd', 'hub'],
      `there is no environment ${argocd.hub}`,
      `Write one of ${[...environments.keys()].join(', ') || '(none yet)'}: the one in whose cluster Argo CD runs.`,
    );
  }
  const named =
    owners.length > 0 || Object.values(teams).some((team) => team.owners.length > 0) || [...environments.values()].some(({ value }) => value.owners.length > 0);
  if (repository.path !== undefined && named) {
    yield problemAt(
      millrace,
      ['repository', 'path'],
      `owners are named, and forges read CODEOWNERS at the root of the git repository only, outside of ${repository.path}`,
      'Remove the owners here, and write that file by hand.',
    );
  }
}
