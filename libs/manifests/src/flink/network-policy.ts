import {
  declaredKafkas,
  FLINK_METRICS_PORT,
  FLINK_PORTS,
  FLINK_REST_PORT,
  isEndpointKey,
  operatorsKeeper,
  portOf,
  teamNamespace,
  type Environment,
  type ExternalKafka,
  type Workspace,
} from '@millrace/model';

import { sorted } from '../context-values.js';
import { placed } from '../pipeline/placed.js';
import type { Context } from '../template.js';
import { schemeOf } from './file-systems.js';

/** Ports somewhere: at these addresses, or, where none are known, anywhere. */
interface Outside {
  readonly cidrs: readonly string[] | undefined;
  readonly ports: readonly number[];
}

/** HTTPS for object storage, and the API server, which no selector can name, at its two usual ports. */
const ANYWHERE = [443, 6443];

/** Where pods get the token of their identity, by the scheme of the storage that they show it to. */
const IDENTITY_SERVERS: Readonly<Record<string, readonly Outside[]>> = {
  // Google's metadata server, by either of its implementations.
  gs: [
    { cidrs: ['169.254.169.252/32'], ports: [988] },
    { cidrs: ['169.254.169.254/32'], ports: [80] },
  ],
  // The agent of EKS Pod Identity; a service account's role (IRSA) needs none.
  ...Object.fromEntries(['s3', 's3a', 's3p'].map((scheme) => [scheme, [{ cidrs: ['169.254.170.23/32'], ports: [80] }]])),
};

/** Fills `flink/network-policy.yaml`: what Flink's pods in a team's namespace may talk to (R80). */
export function networkPolicyContext(workspace: Workspace, environment: Environment, namespace: string): Context {
  const { flink, observability, externalKafka, schemaRegistry } = environment;
  const endpoints = settingsIn(workspace, environment, namespace).flatMap((settings) =>
    Object.entries(settings).flatMap(([key, value]) => (isEndpointKey(key) ? [value] : [])),
  );
  // The operator of the cluster, whoever keeps it: where none of the environments does, each says where it is.
  const { operators } = operatorsKeeper(workspace, environment) ?? environment;
  const anywhere = [...ANYWHERE, ...[...endpoints, ...(schemaRegistry === undefined ? [] : [schemaRegistry.url])].flatMap((address) => portOf(address) ?? [])];
  return {
    namespace,
    flinkPorts: Object.values(FLINK_PORTS),
    restPort: FLINK_REST_PORT,
    operatorNamespace: operators.flink.namespace,
    metrics: observability === undefined ? undefined : { namespace: observability.namespace, port: FLINK_METRICS_PORT },
    kafkas: declaredKafkas(environment).map(({ kafka }) => ({ namespace: kafka.namespace, cluster: kafka.cluster })),
    anywhere: ascending(anywhere),
    outside: [
      ...(IDENTITY_SERVERS[schemeOf(flink.storage)] ?? []),
      ...Object.values(sorted(externalKafka)).map(external),
      ...flink.egress.map(({ cidr, ports }): Outside => ({ cidrs: [cidr], ports: ascending(ports) })),
    ],
  };
}

function external({ addresses, bootstrapServers }: ExternalKafka): Outside {
  const ports = bootstrapServers.map((server) => Number(server.slice(server.lastIndexOf(':') + 1)));
  return { cidrs: addresses.length === 0 ? undefined : addresses, ports: ascending(ports) };
}

/** All settings of Flink that hold in a team's namespace: the environment's, those of its session clusters, those of its jobs. */
function settingsIn(workspace: Workspace, environment: Environment, namespace: string): readonly Readonly<Record<string, string>>[] {
  const { flinkConfiguration, sessions } = environment.flink;
  const ofSessions = Object.values(sessions).filter(({ team }) => teamNamespace(workspace, environment, team) === namespace);
  const ofJobs = [...(workspace.placements.get(environment.environment)?.keys() ?? [])].flatMap((pipeline) => {
    const here = placed(workspace, environment.environment, pipeline);
    return here?.namespace === namespace ? [...Object.values(here.pipeline.jobs), ...Object.values(here.placement.jobs)] : [];
  });
  return [flinkConfiguration, ...[...ofSessions, ...ofJobs].map((one) => one.flinkConfiguration)];
}

function ascending(ports: readonly number[]): readonly number[] {
  return [...new Set(ports)].sort((a, b) => a - b);
}
