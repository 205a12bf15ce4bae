import { applicationName, argocdPlatformFolder, environmentFile, environmentFolder, IN_CLUSTER, type Environment, type Workspace } from '@millrace/model';

import { FILE_REMEDY, manifestsIn, type Manifest } from '../../file.js';
import { overlay, type PatchesOf } from '../../kustomization.js';
import { applicationContext } from './application.js';
import { healthChecks } from './health-checks.js';
import { kinds } from './kinds.js';
import { projectContext } from './project.js';

/** What Argo CD's own settings get beside what they have, in the environment that has them: an overlay, its project, its Application. */
export function argocdSettings(workspace: Workspace, environment: Environment, patchesOf: PatchesOf): readonly Manifest[] {
  if (!ownsArgocd(workspace, environment)) return [];
  const { environment: name, layout } = environment;
  const { namespace } = workspace.millrace.value.argocd;
  const folder = `${environmentFolder(name)}/argocd/settings`;
  const setting = manifestsIn(folder, environmentFile(name), layout);
  const manifest = manifestsIn(argocdPlatformFolder(name), environmentFile(name), layout, FILE_REMEDY);
  const common = { project: applicationName(name, 'argocd'), namespace };
  return [
    ...overlay(
      setting,
      { folder, resources: [setting('argocd-cm.yaml', 'argocd/settings', { argocdNamespace: namespace, health: healthChecks(layout) })] },
      patchesOf,
    ),
    manifest(
      'project-argocd.yaml',
      'argocd/project',
      projectContext(workspace, environment, {
        project: common.project,
        description: `Settings of Argo CD, merged into its own`,
        scope: 'platform',
        server: IN_CLUSTER,
        namespaces: [namespace],
        neighbours: 'others',
        kinds: kinds('', 'ConfigMap'),
      }),
    ),
    manifest(
      'argocd.yaml',
      'argocd/application',
      applicationContext(workspace, environment, { ...common, application: applicationName(name, 'argocd'), role: 'settings', wave: -50, path: folder }),
    ),
  ];
}

/** Whether an environment has Argo CD's own settings: of a hub the one that is named, else who manages the operators of the cluster. */
function ownsArgocd(workspace: Workspace, { environment, cluster }: Environment): boolean {
  const { hub } = workspace.millrace.value.argocd;
  return hub === undefined ? cluster.operators === 'managed' : hub === environment;
}
