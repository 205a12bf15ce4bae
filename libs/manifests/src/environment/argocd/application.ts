import { IN_CLUSTER, type Environment, type Workspace } from '@millrace/model';

import type { Context } from '../../template.js';

/**
 * What an Application is. `root`: it makes Applications, and leaves them alone when it is deleted. `settings`: it adds to
 * what Argo CD has of its own. `part`: a part of the environment, which goes with it.
 */
export type ApplicationRole = 'root' | 'settings' | 'part';

/** An Application before its template is filled. */
export interface ApplicationPlan {
  readonly application: string;
  readonly project: string;
  readonly role: ApplicationRole;
  readonly wave: number;
  readonly path: string;
  readonly namespace: string;
  /** Folders beside `path` that the rendered result depends on. */
  readonly bases?: readonly string[];
}

/** What the template `argocd/application` is filled with, for an environment. */
export function applicationContext(workspace: Workspace, environment: Environment, plan: ApplicationPlan): Context {
  const { repository, argocd } = workspace.millrace.value;
  return {
    application: plan.application,
    project: plan.project,
    wave: plan.wave,
    path: pathInGit(workspace, plan.path),
    namespace: plan.namespace,
    cascade: plan.role === 'part',
    merges: plan.role === 'settings',
    // Every folder that the overlay reads, from the root (R61): Argo CD renders again only when one of them changes.
    generatePaths: [plan.path, ...(plan.bases ?? [])].map((path) => `/${pathInGit(workspace, path)}`).join(';'),
    argocdNamespace: argocd.namespace,
    repository: repository.url,
    branch: repository.branch,
    // Roots and settings live beside Argo CD, in its own cluster.
    server: plan.role === 'part' ? environment.cluster.server : IN_CLUSTER,
    // What a root makes are Applications: a person starts their syncs, where the environment says so.
    automated: plan.role === 'root' || environment.argocd.automated,
  };
}

/** A path of this repository, as Argo CD sees it: from the root of the git repository. */
export function pathInGit({ millrace }: Workspace, path: string): string {
  const { repository } = millrace.value;
  return repository.path === undefined ? path : `${repository.path}/${path}`;
}
