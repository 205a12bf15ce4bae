import { APPLICATION } from '../../kinds.js';
import type { ReferenceRule } from '../../rule.js';
import type { Subject } from '../../subject.js';
import { deliverySyncOptions, hasOption, ownSyncOptions, type SyncOption } from './annotations.js';
import { deliveriesOf } from './applications.js';

/** What all annotations of an object may take together (apimachinery, TotalAnnotationSizeLimitB). */
const LIMIT = 262_144;

export const largeCrd: ReferenceRule = {
  id: 'argocd/large-crd',
  severity: 'error',
  title: 'A resource above 256 KiB is applied by the server',
  source: 'R53; Kubernetes, apimachinery validation (TotalAnnotationSizeLimitB): apply on the client writes the whole resource into an annotation',
  consequence: 'The sync fails: "metadata.annotations: Too long: must have at most 262144 bytes".',
  fix: 'Add `ServerSideApply=true` to spec.syncPolicy.syncOptions of the Application, or to the sync-options annotation of the resource.',
  reach: 'references',
  on: [APPLICATION],
  *check(subject, universe) {
    const path = ['spec', 'syncPolicy', 'syncOptions'];
    if (isSafe(deliverySyncOptions(subject))) return;
    const [large] = deliveriesOf(universe)
      .of(subject)
      .filter((delivered) => !isSafe(ownSyncOptions(delivered)) && sizeOf(delivered) > LIMIT);
    if (large === undefined) return;
    yield { path, message: `${large.resource.kind} ${large.resource.name} is larger than 256 KiB, and the Application does not apply it on the server` };
  },
  passes: example('[ServerSideApply=true]'),
  fails: example('[PruneLast=true]'),
};

function isSafe(options: readonly SyncOption[]): boolean {
  return hasOption(options, 'ServerSideApply=true', 'Replace=true');
}

function sizeOf({ resource }: Subject): number {
  return Buffer.byteLength(JSON.stringify(resource.body, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)));
}

function example(options: string): Record<string, string> {
  return {
    'argocd/crds.yaml': `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: crds, namespace: argocd}
spec:
  project: platform
  source: {repoURL: https://git.acme.example/streaming.git, targetRevision: main, path: crds}
  destination: {server: https://kubernetes.default.svc}
  syncPolicy: {syncOptions: ${options}}
`,
    'crds/large.yaml': `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: larges.acme.example}
spec:
  group: acme.example
  names: {kind: Large, plural: larges}
  scope: Namespaced
  versions:
    - name: v1
      schema:
        openAPIV3Schema:
          type: object
          properties:
            a: &a {description: "a schema of 300 lines, which each is here as long as it is in the CRD of a Kafka or of an ApplicationSet"}
            b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
            c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
            d: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
`,
  };
}
