import {
  applicationName,
  clusterPart,
  declaredKafkas,
  environmentFile,
  environmentFolder,
  IN_CLUSTER,
  type Environment,
  type PatchFile,
  type Workspace,
} from '@millrace/model';

import { manifestsIn, type Manifest } from '../../file.js';
import { kustomizationContext } from '../../kustomization.js';
import { healthChecks } from '../health-checks.js';
import { teamNamespaces } from '../namespaces.js';
import { observed } from '../observability.js';
import { applicationContext, REMEDY, type ApplicationPlan } from './application.js';
import { kinds, OBSERVABILITY_KINDS, platformKinds, type Kind } from './kinds.js';
import { projectContext, teamProjects, type ProjectPlan } from './projects.js';

/**
 * What Argo CD is told about an environment as a whole: the overlay that a person applies once (the project of the two
 * roots and the roots), settings, projects, and an Application for each platform part.
 */
export function argocdPlatform(workspace: Workspace, environment: Environment, own: readonly PatchFile[]): readonly Manifest[] {
  const name = environment.environment;
  const folder = `${environmentFolder(name)}/argocd`;
  const { argocd } = workspace.millrace.value;
  const { server } = environment.cluster;
  const manifest = manifestsIn(folder, environmentFile(name), environment.layout, REMEDY);
  const application = (path: string, plan: ApplicationPlan) => manifest(path, 'argocd/application', applicationContext(workspace, environment, plan));
  const project = (path: string, plan: ProjectPlan) => manifest(path, 'argocd/project', projectContext(workspace, environment, plan));

  const namespaces = teamNamespaces(workspace, environment);
  const [firstKafka] = declaredKafkas(environment);
  const everyNamespace = [...new Set([...declaredKafkas(environment).map(({ kafka }) => kafka.namespace), ...namespaces])];
  const platformProject = applicationName(name, 'platform');
  const settingsProject = applicationName(name, 'argocd');
  const part = (part: string, wave: number, namespace: string) =>
    application(`platform/${part}.yaml`, {
      application: applicationName(name, part),
      project: platformProject,
      wave,
      path: `${environmentFolder(name)}/${part}`,
      namespace,
    });
  const root = (kind: 'platform' | 'pipelines', kinds: readonly Kind[]) => [
    project(`project-${kind}-root.yaml`, {
      description: `The root of the ${kind} of ${name}`,
      project: applicationName(name, `${kind}-root`),
      scope: kind,
      server: IN_CLUSTER,
      namespaces: [argocd.namespace],
      kinds,
    }),
    application(`root-${kind}.yaml`, {
      application: applicationName(name, kind),
      project: applicationName(name, `${kind}-root`),
      wave: 0,
      path: `${folder}/${kind}`,
      namespace: argocd.namespace,
      inArgocd: true,
    }),
  ];
  // Two roots, and no waves among pipelines: a sick operator, or a sick pipeline, holds up no other pipeline.
  const roots = [...root('platform', kinds('argoproj.io', 'Application', 'AppProject')), ...root('pipelines', kinds('argoproj.io', 'Application'))];

  return [
    manifest(
      'kustomization.yaml',
      'kustomization',
      kustomizationContext({ resources: roots.map(({ path }) => path.slice(folder.length + 1)), own: { folder, patches: own } }),
    ),
    ...roots,
    project('platform/project-platform.yaml', {
      description: `The platform of ${name}: Kafka, Flink and what lets credentials out`,
      project: platformProject,
      scope: 'platform',
      server,
      namespaces: everyNamespace,
      clusterKinds: kinds('', 'Namespace'),
      kinds: platformKinds(environment),
    }),
    ...teamProjects(workspace, environment).map(({ path, plan }) => project(path, plan)),
    ...(!ownsArgocd(workspace, environment)
      ? []
      : [
          manifest('settings/kustomization.yaml', 'kustomization', kustomizationContext({ resources: ['argocd-cm.yaml'] })),
          manifest('settings/argocd-cm.yaml', 'argocd/settings', { argocdNamespace: argocd.namespace, health: healthChecks(environment.layout) }),
          project('platform/project-argocd.yaml', {
            description: `Settings of Argo CD, merged into its own`,
            project: settingsProject,
            scope: 'platform',
            server: IN_CLUSTER,
            namespaces: [argocd.namespace],
            kinds: kinds('', 'ConfigMap'),
          }),
          application('platform/argocd.yaml', {
            application: applicationName(name, 'argocd'),
            project: settingsProject,
            wave: -50,
            path: `${folder}/settings`,
            namespace: argocd.namespace,
            inArgocd: true,
            merges: true,
          }),
        ]),
    ...(everyNamespace[0] === undefined ? [] : [part('namespaces', -40, everyNamespace[0])]),
    ...declaredKafkas(environment).map(({ name: cluster, kafka }) => part(clusterPart(cluster), 0, kafka.namespace)),
    ...(firstKafka === undefined || namespaces.length === 0 ? [] : [part('credentials', 10, firstKafka.kafka.namespace)]),
    ...(namespaces[0] === undefined ? [] : [part('flink', 20, namespaces[0])]),
    // Last, so that a cluster without the Prometheus operator waits for nothing else.
    ...(observed(environment)
      ? [
          project('platform/project-observability.yaml', {
            description: `What Prometheus is told about ${name}`,
            project: applicationName(name, 'observability'),
            scope: 'platform',
            server,
            namespaces: [environment.observability.namespace],
            kinds: OBSERVABILITY_KINDS,
          }),
          application('platform/observability.yaml', {
            application: applicationName(name, 'observability'),
            project: applicationName(name, 'observability'),
            wave: 50,
            path: `${environmentFolder(name)}/observability`,
            namespace: environment.observability.namespace,
          }),
        ]
      : []),
  ];
}

/** Whether an environment has Argo CD's own settings: of a hub the one that is named, else who manages the operators of the cluster. */
function ownsArgocd(workspace: Workspace, { environment, cluster }: Environment): boolean {
  const { hub } = workspace.millrace.value.argocd;
  return hub === undefined ? cluster.operators === 'managed' : hub === environment;
}
