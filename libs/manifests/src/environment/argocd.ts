import { applicationName, environmentFile, environmentFolder, type Environment, type PatchFile, type Workspace } from '@millrace/model';

import type { Manifest } from '../file.js';
import { kustomizationContext } from '../kustomization.js';
import { runningJobs, teamNamespace, type Placed } from '../pipeline/placed.js';
import { teamNamespaces } from './flink.js';

const REMEDY = 'change that file.';
const KUSTOMIZE_REMEDY = 'change that file, or add a patch under patches/ beside this one.';

interface Kind {
  readonly group: string;
  readonly kind: string;
}
const kinds = (group: string, ...names: readonly string[]): readonly Kind[] => names.map((kind) => ({ group, kind }));

/** What a team's own Applications may make, one project for each namespace: in the Kafka namespace nothing that runs code (R58). */
const KAFKA_KINDS = kinds('kafka.strimzi.io', 'KafkaTopic', 'KafkaUser');
const FLINK_KINDS = {
  session: [...kinds('external-secrets.io', 'ExternalSecret'), ...kinds('flink.apache.org', 'FlinkSessionJob')],
  application: [...kinds('external-secrets.io', 'ExternalSecret'), ...kinds('flink.apache.org', 'FlinkDeployment')],
};
const PLATFORM_KINDS = [
  ...kinds('', 'ConfigMap', 'Secret', 'ServiceAccount'),
  ...kinds('external-secrets.io', 'SecretStore'),
  ...kinds('flink.apache.org', 'FlinkDeployment'),
  ...kinds('kafka.strimzi.io', 'Kafka', 'KafkaNodePool'),
  ...kinds('rbac.authorization.k8s.io', 'Role', 'RoleBinding'),
];

interface ApplicationPlan {
  readonly application: string;
  readonly project: string;
  readonly wave: number;
  readonly path: string;
  readonly namespace: string;
  /** Folders beside `path` that the rendered result depends on. */
  readonly bases?: readonly string[];
  readonly directory?: boolean;
}

/** Fills `argocd/application.yaml` for an environment. */
function applicationContext(workspace: Workspace, environment: Environment, plan: ApplicationPlan) {
  const { repository, argocd } = workspace.millrace.value;
  return {
    application: plan.application,
    project: plan.project,
    wave: plan.wave,
    path: plan.path,
    namespace: plan.namespace,
    directory: plan.directory === true,
    // Every folder that the overlay reads, from the root (R61): Argo CD renders again only when one of them changes.
    generatePaths: [plan.path, ...(plan.bases ?? [])].map((path) => `/${path}`).join(';'),
    argocdNamespace: argocd.namespace,
    repository: repository.url,
    branch: repository.branch,
    server: environment.cluster.server,
  };
}

/**
 * What Argo CD is told about an environment as a whole: the overlay that a person applies once (the project of the two
 * roots and the roots), settings, projects, and an Application for each platform part.
 */
export function argocdPlatform(workspace: Workspace, environment: Environment, own: readonly PatchFile[]): readonly Manifest[] {
  const name = environment.environment;
  const folder = `${environmentFolder(name)}/argocd`;
  const { argocd, repository } = workspace.millrace.value;
  const { server } = environment.cluster;
  const manifest = (path: string, template: string, context: Manifest['context']): Manifest => ({
    path: `${folder}/${path}`,
    from: environmentFile(name),
    remedy: REMEDY,
    layout: environment.layout,
    template,
    context,
  });
  const application = (path: string, plan: ApplicationPlan) => manifest(path, 'argocd/application', applicationContext(workspace, environment, plan));
  const project = (
    path: string,
    description: string,
    scope: { project: string; namespaces: readonly string[]; clusterKinds?: readonly Kind[]; kinds: readonly Kind[] },
  ) =>
    manifest(path, 'argocd/project', {
      project: scope.project,
      argocdNamespace: argocd.namespace,
      description,
      repository: repository.url,
      destinations: scope.namespaces.map((namespace) => ({ server, namespace })),
      clusterKinds: scope.clusterKinds,
      kinds: scope.kinds,
    });

  const namespaces = teamNamespaces(workspace, environment);
  const roots = applicationName(name, 'roots');
  const platformProject = applicationName(name, 'platform');
  const part = (part: string, wave: number, namespace: string, directory = false) =>
    application(`platform/${part}.yaml`, {
      application: applicationName(name, part),
      project: platformProject,
      wave,
      path: `${environmentFolder(name)}/${part}`,
      namespace,
      directory,
    });

  return [
    manifest(
      'kustomization.yaml',
      'kustomization',
      kustomizationContext({ resources: ['project-roots.yaml', 'root-platform.yaml', 'root-pipelines.yaml'], own: { folder, patches: own } }),
    ),
    project('project-roots.yaml', `The two roots of ${name}: Applications and projects, nothing else`, {
      project: roots,
      namespaces: [argocd.namespace],
      kinds: kinds('argoproj.io', 'Application', 'AppProject'),
    }),
    application('root-platform.yaml', {
      application: applicationName(name, 'platform'),
      project: roots,
      wave: 0,
      path: `${folder}/platform`,
      namespace: argocd.namespace,
      directory: true,
    }),
    // A root of their own, and all in one wave: a sick operator, or a sick pipeline, holds up no other pipeline.
    application('root-pipelines.yaml', {
      application: applicationName(name, 'pipelines'),
      project: roots,
      wave: 0,
      path: `${folder}/pipelines`,
      namespace: argocd.namespace,
      directory: true,
    }),

    manifest('settings/kustomization.yaml', 'kustomization', kustomizationContext({ resources: ['argocd-cm.yaml'] })),
    manifest('settings/argocd-cm.yaml', 'argocd/settings', { argocdNamespace: argocd.namespace }),

    project('platform/project-platform.yaml', `The platform of ${name}: Kafka, Flink and what lets credentials out`, {
      project: platformProject,
      namespaces: [...new Set([argocd.namespace, ...(environment.kafka === undefined ? [] : [environment.kafka.namespace]), ...namespaces])],
      clusterKinds: kinds('', 'Namespace'),
      kinds: PLATFORM_KINDS,
    }),
    ...teamProjects(workspace, environment, project),
    application('platform/argocd.yaml', {
      application: applicationName(name, 'argocd'),
      project: platformProject,
      wave: -50,
      path: `${folder}/settings`,
      namespace: argocd.namespace,
    }),
    ...(environment.kafka === undefined ? [] : [part('kafka', 0, environment.kafka.namespace), part('credentials', 10, environment.kafka.namespace, true)]),
    ...(namespaces[0] === undefined ? [] : [part('flink', 20, namespaces[0])]),
  ];
}

type MakeProject = (
  path: string,
  description: string,
  scope: { project: string; namespaces: readonly string[]; clusterKinds?: readonly Kind[]; kinds: readonly Kind[] },
) => Manifest;

function teamProjects(workspace: Workspace, environment: Environment, project: MakeProject): readonly Manifest[] {
  const { environment: name, kafka } = environment;
  return Object.keys(workspace.millrace.value.teams)
    .sort()
    .flatMap((team) => {
      const namespace = teamNamespace(workspace, environment, team);
      return [
        ...(kafka === undefined
          ? []
          : [
              project(`platform/project-${team}-kafka.yaml`, `Topics and users of the team ${team} in ${name}`, {
                project: applicationName(name, team, 'kafka'),
                namespaces: [kafka.namespace],
                kinds: KAFKA_KINDS,
              }),
            ]),
        ...(namespace === undefined
          ? []
          : [
              project(`platform/project-${team}-flink.yaml`, `Flink jobs of the team ${team} in ${name}`, {
                project: applicationName(name, team, 'flink'),
                namespaces: [namespace],
                kinds: FLINK_KINDS[environment.flink.mode],
              }),
            ]),
      ];
    });
}

/** The two Applications of a pipeline in an environment: topics and users, jobs. */
export function pipelineApplications(workspace: Workspace, placed: Placed): readonly Manifest[] {
  const { environment, kafka, namespace, pipeline, bases, folder, file } = placed;
  const name = environment.environment;
  const application = (part: string, plan: Omit<ApplicationPlan, 'application' | 'path' | 'project'>): Manifest => ({
    path: `${environmentFolder(name)}/argocd/pipelines/${pipeline.pipeline}-${part}.yaml`,
    from: file,
    remedy: KUSTOMIZE_REMEDY,
    layout: environment.layout,
    template: 'argocd/application',
    context: applicationContext(workspace, environment, {
      ...plan,
      application: applicationName(name, pipeline.pipeline, part),
      project: applicationName(name, pipeline.team, part),
      path: `${folder}/${part}`,
    }),
  });
  const hasKafka = Object.keys(pipeline.topics).length + Object.keys(pipeline.users).length > 0;
  return [
    ...(hasKafka ? [application('kafka', { wave: 0, namespace: kafka.namespace, bases: [`${bases}/kafka`] })] : []),
    ...(runningJobs(placed).length > 0 ? [application('flink', { wave: 0, namespace, bases: [`${bases}/${environment.flink.mode}`] })] : []),
  ];
}
