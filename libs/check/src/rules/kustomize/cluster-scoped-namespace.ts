import { hasField, listAt, textAt } from '../../field.js';
import type { FileOffence, KustomizationRule } from '../../rule.js';
import { groupKindOf, groupOf } from '../../subject.js';
import { layersOf, type BuiltResource } from '../../sources/kustomization.js';
import { buildOf } from './build.js';

/** Custom kinds that belong to no namespace, of what is deployed beside streaming platforms. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  'cert-manager.io/ClusterIssuer',
  'external-secrets.io/ClusterExternalSecret',
  'external-secrets.io/ClusterPushSecret',
  'external-secrets.io/ClusterSecretStore',
  'gateway.networking.k8s.io/GatewayClass',
  'generators.external-secrets.io/ClusterGenerator',
  'karpenter.sh/NodePool',
  'kyverno.io/ClusterCleanupPolicy',
  'kyverno.io/ClusterPolicy',
  'policies.kyverno.io/ValidatingPolicy',
  'snapshot.storage.k8s.io/VolumeSnapshotClass',
  'trust.cert-manager.io/Bundle',
]);

export const clusterScopedNamespace: KustomizationRule = {
  id: 'kustomize/cluster-scoped-namespace',
  severity: 'warning',
  title: 'A kustomization that sets a namespace has no custom resources that belong to the whole cluster',
  source: 'R77; run with kustomize 5.8.1, which knows the scope of built-in kinds only; API server, EnsureObjectNamespaceMatchesRequestNamespace',
  consequence:
    'The object gets a metadata.namespace. The API server and Argo CD drop it, so it is applied; but kustomize takes it for one object per namespace: two overlays with it own one object in the cluster and neither build says so, and patches, diffs and policies see a namespace that there is not.',
  fix: 'Move what belongs to the cluster into a kustomization of its own, without `namespace:`.',
  reach: 'kustomization',
  *check(root) {
    const { rendered } = root;
    if (rendered === undefined) return;
    const declared = new Set(rendered.flatMap(clusterScopedBy));
    const given = rendered.filter(({ apiVersion, kind, namespace }) => {
      const groupKind = groupKindOf(apiVersion, kind);
      return namespace !== undefined && (CLUSTER_SCOPED.has(groupKind) || declared.has(groupKind));
    });
    if (given.length === 0) return;
    const { outputs } = buildOf(root);
    const found = new Map<string, FileOffence>();
    for (const resource of given) {
      // The last kustomization that sets a namespace over an object which says none itself.
      const layer = layersOf(root).findLast(
        ({ body, folder }) =>
          textAt(body, 'namespace') === resource.namespace &&
          (outputs.get(folder) ?? []).some(
            ({ kind, group, original, source }) =>
              kind === resource.kind &&
              group === groupOf(resource.apiVersion) &&
              resource.name.includes(original.name) &&
              source !== undefined &&
              !hasField(source.body, 'metadata', 'namespace'),
          ),
      );
      if (layer === undefined) continue;
      const message = `namespace: ${resource.namespace ?? ''} is also given to ${resource.kind} ${resource.name}, which belongs to no namespace`;
      found.set(`${layer.file} ${message}`, { file: layer.file, path: ['namespace'], message });
    }
    yield* found.values();
  },
  passes: {
    'cluster/kustomization.yaml': `
resources: [store.yaml]
`,
    'cluster/store.yaml': store(),
    'overlay/kustomization.yaml': `
namespace: flink
resources: [secret.yaml]
`,
    'overlay/secret.yaml': `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: order-processor}
spec:
  secretStoreRef: {kind: ClusterSecretStore, name: vault}
  dataFrom: [{extract: {key: order-processor}}]
`,
  },
  fails: {
    'overlay/kustomization.yaml': `
namespace: flink
resources: [store.yaml]
`,
    'overlay/store.yaml': store(),
  },
};

/** The kind that a definition in the same build says to belong to no namespace. */
function clusterScopedBy({ kind, apiVersion, body }: BuiltResource): readonly string[] {
  if (groupKindOf(apiVersion, kind) !== 'apiextensions.k8s.io/CustomResourceDefinition' || textAt(body, 'spec', 'scope') !== 'Cluster') return [];
  const [group, name] = [textAt(body, 'spec', 'group'), textAt(body, 'spec', 'names', 'kind')];
  return group === undefined || name === undefined || listAt(body, 'spec', 'versions').length === 0 ? [] : [`${group}/${name}`];
}

function store(): string {
  return `
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: {name: vault}
spec: {provider: {vault: {server: https://vault.acme.example, path: streaming}}}
`;
}
