import type { Kafka, KafkaListener } from '@millrace/model';

import { sorted, unlessEmpty } from '../../file.js';
import { peerContext } from './network-policy-peers.js';

/** The further listeners of a cluster, by name, as the template takes them (R13). */
export function listeners(kafka: Kafka) {
  const named = Object.entries(sorted(kafka.listeners)).map(([name, listener]) => ({ name, ...listenerContext(listener) }));
  return named.length === 0 ? undefined : named;
}

function listenerContext({ port, type, bootstrapHost, brokerHost, gateway, annotations, networkPolicyPeers }: KafkaListener) {
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
    peers: networkPolicyPeers?.map(peerContext),
  };
}
