import type { KustomizationRule } from '../../rule.js';
import { remoteEntries } from './remote-address.js';

const passes = {
  'kustomization.yaml': `
resources: [cert-manager-1.21.0.yaml]
`,
  'cert-manager-1.21.0.yaml': `
apiVersion: v1
kind: Namespace
metadata: {name: cert-manager}
`,
};

export const remoteUnpinned: KustomizationRule = {
  id: 'kustomize/remote-unpinned',
  severity: 'error',
  title: 'What a build fetches is named by a version or a commit',
  source: 'R63; Argo CD, docs/user-guide/best_practices.md (manifests at immutable revisions)',
  consequence: 'Somebody else decides what is deployed, and when: the same commit of this repository builds to something else tomorrow.',
  fix: 'Keep a copy of it in this repository; or else pin it by `?ref=` to a full commit.',
  reach: 'kustomization',
  stopsBuild: true,
  *check(root) {
    for (const { file, path, address, isPinned } of remoteEntries(root)) {
      if (!isPinned) yield { file, path, message: `${address} is whatever it is on the day of the build` };
    }
  },
  passes,
  fails: {
    'kustomization.yaml': `
resources: ["https://github.com/example/platform//kafka?ref=main"]
`,
  },
};
