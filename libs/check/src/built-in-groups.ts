/** The API groups that Kubernetes itself serves: kustomize knows which lists of their kinds merge by key, and no definition adds a kind to one. */
const builtInGroups: ReadonlySet<string> = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
]);

/** Whether a group is an extension's: its kinds have no schema in kustomize. */
export function isCustomGroup(group: string): boolean {
  return !builtInGroups.has(group);
}

/** Kinds of Kubernetes' own that the check does not validate (libs/apiserver/go/builtin/kinds.go has the others), by group. */
const notValidated: ReadonlyMap<string, readonly string[]> = new Map([
  ['', ['Binding', 'ComponentStatus', 'Endpoints', 'Event', 'Node']],
  ['admissionregistration.k8s.io', ['MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding']],
  ['apps', ['ControllerRevision']],
  ['certificates.k8s.io', ['CertificateSigningRequest', 'ClusterTrustBundle', 'PodCertificateRequest']],
  ['coordination.k8s.io', ['LeaseCandidate']],
  ['events.k8s.io', ['Event']],
  ['flowcontrol.apiserver.k8s.io', ['FlowSchema', 'PriorityLevelConfiguration']],
  ['networking.k8s.io', ['IPAddress', 'ServiceCIDR']],
  ['resource.k8s.io', ['DeviceClass', 'DeviceTaintRule', 'ResourceClaim', 'ResourceClaimTemplate', 'ResourceSlice']],
  ['storage.k8s.io', ['CSINode', 'CSIStorageCapacity', 'VolumeAttachment']],
  ['storagemigration.k8s.io', ['StorageVersionMigration']],
]);

/** Whether a kind is Kubernetes' own, and one that nobody here can validate. */
export function isNotValidated(group: string, kind: string): boolean {
  return notValidated.get(group)?.includes(kind) === true;
}
