import { hasField, textAt } from '../../field.js';
import { kindScopes } from '../../kind-scope.js';
import type { FileOffence, KustomizationRule } from '../../rule.js';
import { groupKindOf, groupOf } from '../../subject.js';
import { layersOf } from '../../sources/kustomization.js';
import { buildOf } from './build.js';
import { isCustomGroup } from '../../built-in-groups.js';

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
    const scopeOf = kindScopes(rendered.map(({ apiVersion, kind, body }) => ({ groupKind: groupKindOf(apiVersion, kind), body })));
    const given = rendered.filter(
      ({ apiVersion, kind, namespace }) =>
        namespace !== undefined && isCustomGroup(groupOf(apiVersion)) && scopeOf(groupKindOf(apiVersion, kind)) === 'cluster',
    );
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

function store(): string {
  return `
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: {name: vault}
spec: {provider: {vault: {server: https://vault.acme.example, path: streaming}}}
`;
}
