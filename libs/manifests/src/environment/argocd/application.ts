import { IN_CLUSTER, type Environment, type Workspace } from '@millrace/model';

import type { Context } from '../../template.js';

/** What people do instead of editing an Application or a project. */
export const REMEDY = 'change that file.';

/** An Application before its template is filled. */
export interface ApplicationPlan {
  readonly application: string;
  readonly project: string;
  readonly wave: number;
  readonly path: string;
  readonly namespace: string;
  /** Folders beside `path` that the rendered result depends on. */
  readonly bases?: readonly string[];
  /** Of the roots, and what lives beside Argo CD: in its own cluster. Else in the environment's. */
  readonly inArgocd?: boolean;
  /** Whether it applies a part of something that others own the rest of. */
  readonly merges?: boolean;
}

/** What the template `argocd/application` is filled with, for an environment. */
export function applicationContext(workspace: Workspace, environment: Environment, plan: ApplicationPlan): Context {
  const { repository, argocd } = workspace.millrace.value;
  const inGit = (path: string) => (repository.path === undefined ? path : `${repository.path}/${path}`);
  return {
    application: plan.application,
    project: plan.project,
    wave: plan.wave,
    path: inGit(plan.path),
    namespace: plan.namespace,
    // A root that is deleted leaves its children alone.
    cascade: plan.inArgocd !== true,
    merges: plan.merges === true,
    // Every folder that the overlay reads, from the root (R61): Argo CD renders again only when one of them changes.
    generatePaths: [plan.path, ...(plan.bases ?? [])].map((path) => `/${inGit(path)}`).join(';'),
    argocdNamespace: argocd.namespace,
    repository: repository.url,
    branch: repository.branch,
    server: plan.inArgocd === true ? IN_CLUSTER : environment.cluster.server,
    // What a root makes are Applications: a person starts their syncs, where the environment says so.
    automated: plan.inArgocd === true || environment.argocd.automated,
  };
}
