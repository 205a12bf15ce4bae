import { placed } from '@millrace/manifests';
import type { Workspace } from '@millrace/model';

/**
 * What to say of a pipeline that comes into another layout in an environment, by a promotion or a rollback; undefined
 * where it stays. Its neighbours there and the platform under it stay in theirs.
 */
export function layoutMove(before: Workspace, after: Workspace, environment: string, pipeline: string): string | undefined {
  const [was, now] = [placed(before, environment, pipeline), placed(after, environment, pipeline)];
  if (was === undefined || now === undefined || was.layout === now.layout) return undefined;
  const platform =
    now.environment.layout < now.layout
      ? `; the platform of ${environment} stays in layout ${now.environment.layout} until: millrace migrate ${environment}`
      : '';
  return `${pipeline} moves from layout ${was.layout} to layout ${now.layout} in ${environment}${platform}`;
}
