import { applicationName, argocdPlatformFolder, environmentFile, type Environment, type Workspace } from '@millrace/model';

import { FILE_REMEDY, manifestsIn, type Manifest } from '../../file.js';
import { kinds, named } from '../argocd/kinds.js';
import { projectContext, type ProjectPlan } from '../argocd/project.js';
import { chartSource, definitionsRepository } from './applications.js';
import type { KeptOperator } from './operators.js';

/** What the overlay of every operator has. */
const OVERLAY_KINDS = kinds('networking.k8s.io', 'NetworkPolicy');

/**
 * What the chart of each operator may make, and where, and what the definitions may: no kind by a wildcard (R58), and each chart
 * apart from the others. Argo CD prunes the project of an operator that goes after its Application, and all that is in that.
 */
export function operatorProjects(workspace: Workspace, environment: Environment, kept: readonly KeptOperator[]): readonly Manifest[] {
  const { repository } = workspace.millrace.value;
  const name = environment.environment;
  const manifest = manifestsIn(argocdPlatformFolder(name), environmentFile(name), environment.layout, FILE_REMEDY);
  const project = (path: string, plan: Omit<ProjectPlan, 'scope' | 'server' | 'neighbours'>) =>
    manifest(
      path,
      'argocd/project',
      projectContext(workspace, environment, { ...plan, scope: 'platform', server: environment.cluster.server, neighbours: 'nobody' }),
    );
  return [
    ...kept.map(({ name: operator, namespace, plan }) => {
      const own = [namespace, ...[environment.argocd.leaving.operators[operator] ?? []].flat()];
      return project(`project-${operator}-operator.yaml`, {
        project: applicationName(name, operator, 'operator'),
        description: `The operator ${operator} of ${name}`,
        repositories: [chartSource(environment, operator).repoURL, repository.url],
        namespaces: [...own, ...plan.namespaces],
        clusterKinds: [...own.flatMap((one) => named(one, '', 'Namespace')), ...plan.clusterKinds],
        kinds: [...plan.kinds, ...OVERLAY_KINDS],
      });
    }),
    project('project-crds.yaml', {
      project: applicationName(name, 'crds'),
      description: `The definitions of the operators' resources in ${name}`,
      repositories: kept.map((operator) => definitionsRepository(environment, operator.name)),
      namespaces: kept.map(({ namespace }) => namespace),
      clusterKinds: kept.flatMap(({ plan }) => named(plan.definitions, 'apiextensions.k8s.io', 'CustomResourceDefinition')),
      kinds: [],
    }),
  ];
}
