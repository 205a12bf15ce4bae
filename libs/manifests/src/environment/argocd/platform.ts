import {
  applicationName,
  argocdPlatformFolder,
  clusterPart,
  declaredKafkas,
  environmentFile,
  environmentFolder,
  type Environment,
  type Workspace,
} from '@millrace/model';

import { FILE_REMEDY, manifestsIn, type Manifest } from '../../file.js';
import type { PatchesOf } from '../../kustomization.js';
import { teamNamespaces } from '../namespaces.js';
import { observes } from '../observability.js';
import { applicationContext, type ApplicationPlan } from './application.js';
import { named, OBSERVABILITY_KINDS, PLATFORM_KINDS } from './kinds.js';
import { leavingKafkas, leavingTeams } from './leaving.js';
import { projectContext, type ProjectPlan } from './project.js';
import { argocdRoots } from './roots.js';
import { argocdSettings } from './settings.js';
import { teamProjects } from './team-projects.js';

/**
 * What Argo CD is told about an environment as a whole: the overlay that a person applies once, settings, projects, and an
 * Application for each platform part.
 */
export function* argocdPlatform(workspace: Workspace, environment: Environment, patchesOf: PatchesOf): Generator<Manifest> {
  const name = environment.environment;
  const manifest = manifestsIn(argocdPlatformFolder(name), environmentFile(name), environment.layout, FILE_REMEDY);
  const project = (path: string, plan: ProjectPlan) => manifest(path, 'argocd/project', projectContext(workspace, environment, plan));
  const part = (part: string, project: string, wave: number, namespace: string): Manifest => {
    const plan: ApplicationPlan = {
      application: applicationName(name, part),
      project: applicationName(name, project),
      role: 'part',
      wave,
      path: `${environmentFolder(name)}/${part}`,
      namespace,
    };
    return manifest(`${part}.yaml`, 'argocd/application', applicationContext(workspace, environment, plan));
  };

  const kafkas = declaredKafkas(environment);
  const teams = teamNamespaces(workspace, environment);
  const [firstKafka] = kafkas;
  const [firstTeam] = teams;
  const here = [...kafkas.map(({ kafka }) => kafka.namespace), ...teams];

  yield* argocdRoots(workspace, environment, patchesOf);
  yield* argocdSettings(workspace, environment, patchesOf);
  yield project('project-platform.yaml', platformProject(environment, [...here, ...leavingKafkas(environment), ...leavingTeams(environment)]));
  for (const { path, plan } of teamProjects(workspace, environment)) yield project(path, plan);

  if (here[0] !== undefined) yield part('namespaces', 'platform', -40, here[0]);
  for (const { name: cluster, kafka } of kafkas) yield part(clusterPart(cluster), 'platform', 0, kafka.namespace);
  if (firstKafka !== undefined && firstTeam !== undefined) yield part('credentials', 'platform', 10, firstKafka.kafka.namespace);
  if (firstTeam !== undefined) yield part('flink', 'platform', 20, firstTeam);
  // Last, so that a cluster without the Prometheus operator waits for nothing else.
  const told = observes(workspace, environment);
  if (told !== undefined) {
    const { namespace } = told;
    yield project('project-observability.yaml', {
      project: applicationName(name, 'observability'),
      description: `What Prometheus is told about ${name}`,
      scope: 'platform',
      server: environment.cluster.server,
      namespaces: [namespace],
      neighbours: 'others',
      kinds: OBSERVABILITY_KINDS,
    });
    yield part('observability', 'observability', 50, namespace);
  }
}

function platformProject({ environment, cluster }: Environment, namespaces: readonly string[]): ProjectPlan {
  return {
    project: applicationName(environment, 'platform'),
    description: `The platform of ${environment}: Kafka, Flink and what lets credentials out`,
    scope: 'platform',
    server: cluster.server,
    namespaces,
    neighbours: 'nobody',
    // The namespaces themselves, and no others of the cluster.
    clusterKinds: namespaces.flatMap((namespace) => named(namespace, '', 'Namespace')),
    kinds: PLATFORM_KINDS,
  };
}
