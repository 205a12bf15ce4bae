import type { Environment, Kafka, NetworkPolicyPeer, Workspace } from '@millrace/model';

import { teamNamespaces } from '../namespaces.js';

/** The label that Kubernetes itself puts on every namespace. */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/**
 * Who may connect to the listener of the jobs (R79): the namespaces of the teams, and whom the environment declares. Never an empty
 * list, which Strimzi takes for everybody: before the first team it is the cluster's own pods.
 */
export function networkPolicyPeers(workspace: Workspace, environment: Environment, kafka: Kafka): readonly NetworkPolicyPeer[] {
  const teams = teamNamespaces(workspace, environment).map((namespace) => ({ namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: namespace } } }));
  const peers = [...teams, ...kafka.networkPolicyPeers];
  return peers.length > 0 ? peers : [{ podSelector: { matchLabels: { 'strimzi.io/cluster': kafka.cluster } } }];
}

/** A peer as the template takes it. */
export function peerContext({ namespaceSelector, podSelector }: NetworkPolicyPeer) {
  return { namespaceLabels: namespaceSelector?.matchLabels, podLabels: podSelector?.matchLabels };
}
