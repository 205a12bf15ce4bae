import { declaredKafkas, FLINK_METRICS_PORT, FLINK_PORTS, FLINK_REST_PORT, type Environment, type ExternalKafka } from '@millrace/model';

import { sorted } from '../file.js';
import type { Context } from '../template.js';
import { schemeOf } from './file-systems.js';

/** Ports somewhere: at these addresses, or, where none are known, anywhere. */
interface Outside {
  readonly cidrs: readonly string[] | undefined;
  readonly ports: readonly number[];
}

/** HTTPS for object storage, and the API server, which no selector can name, at its two usual ports. */
const ANYWHERE = [443, 6443];

/** Where pods of Google's clusters get the token of their identity: the metadata server, by either of its implementations. */
const GOOGLE_METADATA: readonly Outside[] = [
  { cidrs: ['169.254.169.252/32'], ports: [988] },
  { cidrs: ['169.254.169.254/32'], ports: [80] },
];

/** Fills `flink/network-policy.yaml`: what Flink's pods in a team's namespace may talk to (R80). */
export function networkPolicyContext(environment: Environment, namespace: string): Context {
  const { flink, operators, observability, externalKafka, schemaRegistry } = environment;
  const anywhere = [...ANYWHERE, ...endpointPorts(flink.flinkConfiguration), ...(schemaRegistry === undefined ? [] : [portOf(schemaRegistry.url)])];
  return {
    namespace,
    flinkPorts: Object.values(FLINK_PORTS),
    restPort: FLINK_REST_PORT,
    operatorNamespace: operators.flink.namespace,
    metrics: observability === undefined ? undefined : { namespace: observability.namespace, port: FLINK_METRICS_PORT },
    kafkas: declaredKafkas(environment).map(({ kafka }) => ({ namespace: kafka.namespace, cluster: kafka.cluster })),
    anywhere: ascending(anywhere),
    outside: [
      ...(schemeOf(flink.storage) === 'gs' ? GOOGLE_METADATA : []),
      ...Object.values(sorted(externalKafka)).map(external),
      ...flink.egress.map(({ cidr, ports }): Outside => ({ cidrs: [cidr], ports: ascending(ports) })),
    ],
  };
}

function external({ addresses, bootstrapServers }: ExternalKafka): Outside {
  const ports = bootstrapServers.map((server) => Number(server.slice(server.lastIndexOf(':') + 1)));
  return { cidrs: addresses.length === 0 ? undefined : addresses, ports: ascending(ports) };
}

/** The ports of object storages that are not at their cloud's own address: `s3.endpoint` and what else ends so. */
function endpointPorts(settings: Readonly<Record<string, string>>): readonly number[] {
  return Object.entries(settings).flatMap(([key, value]) => (/^(?:(?:presto\.|fs\.)?s3[ap]?|fs\.oss)\.endpoint$/.test(key) ? [portOf(value)] : []));
}

/** The port of a URL; of a host without a scheme, that of HTTPS. */
function portOf(url: string): number {
  const { protocol, port } = new URL(url.includes('://') ? url : `https://${url}`);
  return port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port);
}

function ascending(ports: readonly number[]): readonly number[] {
  return [...new Set(ports)].sort((a, b) => a - b);
}
