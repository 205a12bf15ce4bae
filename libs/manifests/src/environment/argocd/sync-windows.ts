import type { Environment, SyncWindow } from '@millrace/model';

/** What an AppProject's Applications are: those of the platform, or those of pipelines. */
export type ProjectScope = 'platform' | 'pipelines';

/** The sync windows of a project: of those that the environment declares the ones that apply to it (R66); undefined for none. */
export function syncWindowsOf({ argocd }: Environment, scope: ProjectScope): readonly SyncWindow[] | undefined {
  const windows = argocd.syncWindows.filter(({ applies }) => applies === 'everything' || applies === scope);
  return windows.length === 0 ? undefined : windows;
}
