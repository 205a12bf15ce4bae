import type { Environment, Kafka, KafkaListener, NetworkPolicyPeer, Workspace } from '@millrace/model';

import { sorted, unlessEmpty } from '../../context-values.js';
import { networkPolicyPeers, peerContext } from './network-policy-peers.js';

/** The listeners of a cluster as the template takes them: that of the jobs, and those that are declared beside it, by name (R13). */
export function listeners(workspace: Workspace, environment: Environment, kafka: Kafka) {
  const ofJobs = listenerContext({ port: 9093, type: 'internal', annotations: {} }, networkPolicyPeers(workspace, environment, kafka));
  const declared = Object.entries(sorted(kafka.listeners)).map(([name, listener]) => ({ name, ...listenerContext(listener, listener.networkPolicyPeers) }));
  return [{ name: 'tls', ...ofJobs }, ...declared];
}

function listenerContext({ port, type, bootstrapHost, brokerHost, gateway, annotations }: KafkaListener, peers: readonly NetworkPolicyPeer[] | undefined) {
  // A route is made for a host. Elsewhere the host is a name that somebody gave to the service: it belongs into the certificate.
  const routed = type === 'tlsroute' || type === 'route';
  const brokerAnnotations = unlessEmpty(sorted(annotations));
  // What differs from broker to broker is said of the brokers alone: Strimzi fills in {nodeId} only there.
  const bootstrapAnnotations = unlessEmpty(sorted(Object.fromEntries(Object.entries(annotations).filter(([, value]) => !value.includes('{nodeId}')))));
  const bootstrap = bootstrapHost !== undefined || bootstrapAnnotations !== undefined;
  return {
    port,
    type,
    configured: bootstrap || brokerHost !== undefined || gateway !== undefined || brokerAnnotations !== undefined,
    gateway,
    bootstrap,
    host: routed ? bootstrapHost : undefined,
    alternativeName: routed ? undefined : bootstrapHost,
    bootstrapAnnotations,
    hostTemplate: routed ? brokerHost : undefined,
    advertisedHostTemplate: routed ? undefined : brokerHost,
    brokerAnnotations,
    peers: peers?.map(peerContext),
  };
}
