import type { ValueMap } from '@millrace/kustomize';

import { textAt } from './field.js';

/** Whether the resources of a kind live in namespaces, or belong to the whole cluster. */
export type KindScope = 'cluster' | 'namespace';

const DEFINITION = 'apiextensions.k8s.io/CustomResourceDefinition';

/** Kinds of the whole cluster, of Kubernetes and of what is deployed beside streaming platforms. */
const CLUSTER_KINDS: ReadonlySet<string> = new Set([
  'Namespace',
  'Node',
  'PersistentVolume',
  'admissionregistration.k8s.io/MutatingAdmissionPolicy',
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  DEFINITION,
  'apiregistration.k8s.io/APIService',
  'cert-manager.io/ClusterIssuer',
  'certificates.k8s.io/CertificateSigningRequest',
  'certificates.k8s.io/ClusterTrustBundle',
  'external-secrets.io/ClusterExternalSecret',
  'external-secrets.io/ClusterPushSecret',
  'external-secrets.io/ClusterSecretStore',
  'flowcontrol.apiserver.k8s.io/FlowSchema',
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
  'gateway.networking.k8s.io/GatewayClass',
  'generators.external-secrets.io/ClusterGenerator',
  'karpenter.sh/NodePool',
  'kyverno.io/ClusterCleanupPolicy',
  'kyverno.io/ClusterPolicy',
  'networking.k8s.io/IPAddress',
  'networking.k8s.io/IngressClass',
  'networking.k8s.io/ServiceCIDR',
  'node.k8s.io/RuntimeClass',
  'policies.kyverno.io/ValidatingPolicy',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'resource.k8s.io/DeviceClass',
  'resource.k8s.io/ResourceSlice',
  'scheduling.k8s.io/PriorityClass',
  'snapshot.storage.k8s.io/VolumeSnapshotClass',
  'storage.k8s.io/CSIDriver',
  'storage.k8s.io/CSINode',
  'storage.k8s.io/StorageClass',
  'storage.k8s.io/VolumeAttachment',
  'storage.k8s.io/VolumeAttributesClass',
  'trust.cert-manager.io/Bundle',
]);

/** Groups whose other kinds all live in namespaces. */
const NAMESPACED_GROUPS: ReadonlySet<string> = new Set([
  '',
  'access.strimzi.io',
  'acme.cert-manager.io',
  'apps',
  'autoscaling',
  'batch',
  'bitnami.com',
  'cert-manager.io',
  'coordination.k8s.io',
  'core.strimzi.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'external-secrets.io',
  'flink.apache.org',
  'isindir.github.com',
  'kafka.strimzi.io',
  'monitoring.coreos.com',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'secrets.hashicorp.com',
]);

const NAMESPACED_KINDS: ReadonlySet<string> = new Set([
  'argoproj.io/AppProject',
  'argoproj.io/Application',
  'argoproj.io/ApplicationSet',
  'gateway.networking.k8s.io/Gateway',
  'gateway.networking.k8s.io/GRPCRoute',
  'gateway.networking.k8s.io/HTTPRoute',
  'gateway.networking.k8s.io/TLSRoute',
  'resource.k8s.io/ResourceClaim',
  'resource.k8s.io/ResourceClaimTemplate',
  'storage.k8s.io/CSIStorageCapacity',
]);

/** A resource, as far as its definition is asked of it. */
export interface OfKind {
  /** As {@link groupKindOf} writes it. */
  readonly groupKind: string;
  readonly body: ValueMap;
}

/**
 * The scope of kinds: what the definitions among some resources say of theirs, and what is known of Kubernetes and the operators.
 * @returns from group and kind; undefined where neither says
 */
export function kindScopes(resources: Iterable<OfKind>): (groupKind: string) => KindScope | undefined {
  const defined = new Map<string, KindScope>();
  for (const { groupKind, body } of resources) {
    if (groupKind !== DEFINITION) continue;
    const [group, kind, scope] = [textAt(body, 'spec', 'group'), textAt(body, 'spec', 'names', 'kind'), textAt(body, 'spec', 'scope')];
    if (group === undefined || kind === undefined || (scope !== 'Cluster' && scope !== 'Namespaced')) continue;
    defined.set(`${group}/${kind}`, scope === 'Cluster' ? 'cluster' : 'namespace');
  }
  return (groupKind) => defined.get(groupKind) ?? knownScope(groupKind);
}

function knownScope(groupKind: string): KindScope | undefined {
  if (CLUSTER_KINDS.has(groupKind)) return 'cluster';
  const group = groupKind.includes('/') ? groupKind.slice(0, groupKind.lastIndexOf('/')) : '';
  return NAMESPACED_GROUPS.has(group) || NAMESPACED_KINDS.has(groupKind) ? 'namespace' : undefined;
}
