import { applicationName, environmentFile, environmentFolder, IN_CLUSTER, type Environment, type Workspace } from '@millrace/model';

import { manifestsIn, type Manifest } from '../../file.js';
import { overlay, type PatchesOf } from '../../kustomization.js';
import { applicationContext } from './application.js';
import { kinds, type Kind } from './kinds.js';
import { projectContext } from './project.js';

/**
 * The overlay that a person applies once: the two roots, each with a project of its own. Two, and no waves among
 * pipelines: a sick operator, or a sick pipeline, holds up no other pipeline.
 */
export function argocdRoots(workspace: Workspace, environment: Environment, patchesOf: PatchesOf): readonly Manifest[] {
  const name = environment.environment;
  const folder = `${environmentFolder(name)}/argocd`;
  const { namespace } = workspace.millrace.value.argocd;
  const manifest = manifestsIn(folder, environmentFile(name), environment.layout);
  const root = (kind: 'platform' | 'pipelines', makes: readonly Kind[]) => [
    manifest(
      `project-${kind}-root.yaml`,
      'argocd/project',
      projectContext(workspace, environment, {
        project: applicationName(name, `${kind}-root`),
        description: `The root of the ${kind} of ${name}`,
        scope: kind,
        server: IN_CLUSTER,
        namespaces: [namespace],
        neighbours: 'others',
        kinds: makes,
      }),
    ),
    manifest(
      `root-${kind}.yaml`,
      'argocd/application',
      applicationContext(workspace, environment, {
        application: applicationName(name, kind),
        project: applicationName(name, `${kind}-root`),
        role: 'root',
        wave: 0,
        path: `${folder}/${kind}`,
        namespace,
      }),
    ),
  ];
  const resources = [...root('platform', kinds('argoproj.io', 'Application', 'AppProject')), ...root('pipelines', kinds('argoproj.io', 'Application'))];
  return overlay(manifest, { folder, resources }, patchesOf);
}
