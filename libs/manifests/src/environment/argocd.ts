import {
  clusterPart,
  declaredKafkas,
  IN_CLUSTER,
  kafkaPart,
  applicationName,
  environmentFile,
  environmentFolder,
  type Environment,
  type PatchFile,
  type Workspace,
} from '@millrace/model';

import { manifestsIn, type Manifest } from '../file.js';
import { kustomizationContext } from '../kustomization.js';
import { kafkaOverlays } from '../pipeline/kafka-overlay.js';
import { deployedJobs, teamNamespace, type Placed } from '../pipeline/placed.js';
import { healthChecks } from './health-checks.js';
import { teamNamespaces } from './namespaces.js';
import { observed } from './observability.js';
import { syncWindowsOf, type ProjectScope } from './sync-windows.js';

const REMEDY = 'change that file.';

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
  ...kinds('', 'Secret', 'ServiceAccount'),
  ...kinds('external-secrets.io', 'SecretStore'),
  ...kinds('flink.apache.org', 'FlinkDeployment'),
  ...kinds('kafka.strimzi.io', 'Kafka', 'KafkaNodePool'),
  ...kinds('networking.k8s.io', 'NetworkPolicy'),
  ...kinds('rbac.authorization.k8s.io', 'Role', 'RoleBinding'),
];

/** What a vault, or a schema registry, adds to that. */
function credentialKinds({ credentials, schemaRegistry }: Environment): readonly Kind[] {
  const external = credentials !== 'external-secrets' || schemaRegistry?.credentials !== undefined;
  const open = schemaRegistry !== undefined && schemaRegistry.credentials === undefined;
  return [...(external ? kinds('external-secrets.io', 'ExternalSecret') : []), ...(open ? kinds('', 'ConfigMap') : [])];
}

/** What Cruise Control adds: what its metrics are called, and how it rebalances. */
function cruiseControlKinds(environment: Environment): readonly Kind[] {
  const all = declaredKafkas(environment).flatMap(({ kafka }) => kafka.cruiseControl ?? []);
  const metrics = all.length > 0 && environment.observability !== undefined;
  return [...(metrics ? kinds('', 'ConfigMap') : []), ...(all.some(({ autoRebalance }) => autoRebalance) ? kinds('kafka.strimzi.io', 'KafkaRebalance') : [])];
}

function distinct(all: readonly Kind[]): readonly Kind[] {
  return [...new Map(all.map((one) => [`${one.group}/${one.kind}`, one])).values()];
}

const OBSERVABILITY_KINDS = kinds('monitoring.coreos.com', 'PodMonitor', 'PrometheusRule');

interface ApplicationPlan {
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

/** Fills `argocd/application.yaml` for an environment. */
function applicationContext(workspace: Workspace, environment: Environment, plan: ApplicationPlan) {
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

/**
 * What Argo CD is told about an environment as a whole: the overlay that a person applies once (the project of the two
 * roots and the roots), settings, projects, and an Application for each platform part.
 */
export function argocdPlatform(workspace: Workspace, environment: Environment, own: readonly PatchFile[]): readonly Manifest[] {
  const name = environment.environment;
  const folder = `${environmentFolder(name)}/argocd`;
  const { argocd, repository } = workspace.millrace.value;
  const { server } = environment.cluster;
  const manifest = manifestsIn(folder, environmentFile(name), environment.layout, REMEDY);
  const application = (path: string, plan: ApplicationPlan) => manifest(path, 'argocd/application', applicationContext(workspace, environment, plan));
  const project = (
    path: string,
    description: string,
    scope: { project: string; scope: ProjectScope; server: string; namespaces: readonly string[]; clusterKinds?: readonly Kind[]; kinds: readonly Kind[] },
  ) =>
    manifest(path, 'argocd/project', {
      project: scope.project,
      argocdNamespace: argocd.namespace,
      description,
      repository: repository.url,
      destinations: scope.namespaces.map((namespace) => ({ server: scope.server, namespace })),
      clusterKinds: scope.clusterKinds,
      kinds: scope.kinds,
      syncWindows: syncWindowsOf(environment, scope.scope),
    });

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
    project(`project-${kind}-root.yaml`, `The root of the ${kind} of ${name}`, {
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
    project('platform/project-platform.yaml', `The platform of ${name}: Kafka, Flink and what lets credentials out`, {
      project: platformProject,
      scope: 'platform',
      server,
      namespaces: everyNamespace,
      clusterKinds: kinds('', 'Namespace'),
      kinds: distinct([...PLATFORM_KINDS, ...credentialKinds(environment), ...cruiseControlKinds(environment)]),
    }),
    ...teamProjects(workspace, environment, project),
    ...(!ownsArgocd(workspace, environment)
      ? []
      : [
          manifest('settings/kustomization.yaml', 'kustomization', kustomizationContext({ resources: ['argocd-cm.yaml'] })),
          manifest('settings/argocd-cm.yaml', 'argocd/settings', { argocdNamespace: argocd.namespace, health: healthChecks(environment.layout) }),
          project('platform/project-argocd.yaml', `Settings of Argo CD, merged into its own`, {
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
          project('platform/project-observability.yaml', `What Prometheus is told about ${name}`, {
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

type MakeProject = (
  path: string,
  description: string,
  scope: { project: string; scope: ProjectScope; server: string; namespaces: readonly string[]; clusterKinds?: readonly Kind[]; kinds: readonly Kind[] },
) => Manifest;

function teamProjects(workspace: Workspace, environment: Environment, project: MakeProject): readonly Manifest[] {
  const { environment: name } = environment;
  const kafkas = declaredKafkas(environment).map(({ kafka }) => kafka.namespace);
  const { server } = environment.cluster;
  return Object.keys(workspace.millrace.value.teams)
    .sort()
    .flatMap((team) => {
      const namespace = teamNamespace(workspace, environment, team);
      return [
        ...(kafkas.length === 0
          ? []
          : [
              project(`platform/project-${team}-kafka.yaml`, `Topics and users of the team ${team} in ${name}`, {
                project: applicationName(name, team, 'kafka'),
                scope: 'pipelines',
                server,
                namespaces: kafkas,
                kinds: KAFKA_KINDS,
              }),
            ]),
        ...(namespace === undefined
          ? []
          : [
              project(`platform/project-${team}-flink.yaml`, `Flink jobs of the team ${team} in ${name}`, {
                project: applicationName(name, team, 'flink'),
                scope: 'pipelines',
                server,
                namespaces: [namespace],
                kinds: FLINK_KINDS[environment.flink.mode],
              }),
            ]),
      ];
    });
}

/** The Applications of a pipeline in an environment: topics and users, one a Kafka cluster; jobs. */
export function pipelineApplications(workspace: Workspace, placed: Placed): readonly Manifest[] {
  const { environment, layout, namespace, pipeline, bases, folder, file } = placed;
  const name = environment.environment;
  const application = (part: string, project: 'kafka' | 'flink', plan: Omit<ApplicationPlan, 'application' | 'path' | 'project'>): Manifest => ({
    path: `${environmentFolder(name)}/argocd/pipelines/${pipeline.pipeline}-${part}.yaml`,
    from: file,
    remedy: REMEDY,
    layout,
    template: 'argocd/application',
    context: applicationContext(workspace, environment, {
      ...plan,
      application: applicationName(name, pipeline.pipeline, part),
      project: applicationName(name, pipeline.team, project),
      path: `${folder}/${part}`,
    }),
  });
  return [
    ...kafkaOverlays(placed).map(({ name: cluster, kafka }) => {
      const part = kafkaPart(pipeline, cluster);
      return application(part, 'kafka', { wave: 0, namespace: kafka.namespace, bases: [`${bases}/${part}`] });
    }),
    ...(deployedJobs(placed).length > 0 ? [application('flink', 'flink', { wave: 0, namespace, bases: [`${bases}/${environment.flink.mode}`] })] : []),
  ];
}
