import type { Platform } from './platform.js';

/** The set before the newest: every version in it still gets fixes, or is the newest of its project. */
export const platform202608: Platform = {
  // Argo CD docs/operator-manual/tested-kubernetes-versions.md (3.4: 1.32 to 1.35) and cert-manager's supported releases (1.20: 1.32 to 1.35); Strimzi asks for 1.30.
  kubernetes: { minimum: '1.32' },
  // The tag v3.4.13 of argoproj/argo-cd.
  argocd: { version: '3.4.13' },
  // Argo CD v3.4.13 hack/tool-versions.sh.
  kustomize: { version: '5.8.1' },
  // Strimzi 1.1.0 kafka-versions.yaml: its default, and all that it supports. The metadata version is that of 2026.11, so that moving on raises one of the two (R5).
  kafka: {
    version: '4.3.0',
    metadataVersion: '4.3-IV0',
    supported: ['4.2.0', '4.2.1', '4.3.0'],
    metadataVersions: { '4.2': '4.2-IV1', '4.3': '4.3-IV0' },
  },
  // Minors: Flink operator release-1.15.0 docs/content/docs/concepts/overview.md. Patch versions and tags: apache/flink-docker, July to December 2025.
  flink: {
    v1_19: { version: '1.19.3', image: 'flink:1.19.3-scala_2.12-java17' },
    v1_20: { version: '1.20.3', image: 'flink:1.20.3-scala_2.12-java17' },
    v2_0: { version: '2.0.1', image: 'flink:2.0.1-scala_2.12-java17' },
    v2_1: { version: '2.1.1', image: 'flink:2.1.1-scala_2.12-java17' },
    v2_2: { version: '2.2.0', image: 'flink:2.2.0-scala_2.12-java17' },
  },
  operators: {
    'cert-manager': {
      // Supported until 1.22 is released.
      version: '1.20.3',
      // cert-manager's installation page: the OCI charts are the source of truth.
      chart: { repository: 'oci://quay.io/jetstack/charts', name: 'cert-manager', version: 'v1.20.3' },
      // Six plain definitions beside a README, which Argo CD does not read; the chart's own are Helm templates that add labels to these.
      crds: { repository: 'https://github.com/cert-manager/cert-manager', revision: 'v1.20.3', path: 'deploy/crds' },
    },
    strimzi: {
      // Has the fixes of 1.0.1, R1's floor (CHANGELOG).
      version: '1.1.0',
      // Strimzi's deployment documentation; its https repository is deprecated since 0.36 (CHANGELOG).
      chart: { repository: 'oci://quay.io/strimzi-helm', name: 'strimzi-kafka-operator', version: '1.1.0' },
      // Ten definitions and nothing else at the tag.
      crds: { repository: 'https://github.com/strimzi/strimzi-kafka-operator', revision: '1.1.0', path: 'helm-charts/helm3/strimzi-kafka-operator/crds' },
    },
    flink: {
      // R1's floor (FLINK-39270), so both sets have it.
      version: '1.15.0',
      // R44: a release's own chart; the archive keeps it when a newer release takes its place among the downloads.
      chart: {
        repository: 'https://archive.apache.org/dist/flink/flink-kubernetes-operator-1.15.0/',
        name: 'flink-kubernetes-operator',
        version: '1.15.0',
      },
      // Four definitions and nothing else at the tag.
      crds: { repository: 'https://github.com/apache/flink-kubernetes-operator', revision: 'release-1.15.0', path: 'helm/flink-kubernetes-operator/crds' },
      // docs/content/docs/operations/helm.md: the chart's repository; its tag in git is "latest".
      image: { repository: 'ghcr.io/apache/flink-kubernetes-operator', tag: '1.15.0' },
    },
    'external-secrets': {
      // docs/introduction/stability-support.md: only the latest minor is supported, so both sets have it.
      version: '2.9.0',
      // docs/introduction/getting-started.md.
      chart: { repository: 'https://charts.external-secrets.io', name: 'external-secrets', version: '2.9.0' },
      // One file, bundle.yaml, with all 25 definitions and no conversion webhook.
      crds: { repository: 'https://github.com/external-secrets/external-secrets', revision: 'v2.9.0', path: 'deploy/crds' },
    },
  },
};
