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

export const remoteBase: KustomizationRule = {
  id: 'kustomize/remote-base',
  severity: 'warning',
  title: 'A build needs nothing but this repository',
  source: 'R63; kustomize, docs on remote targets',
  consequence: 'The build depends on a network and on another repository staying as it is, and what is deployed cannot be reviewed or checked here.',
  fix: 'Keep a copy of it in this repository, with its address and version in a comment.',
  reach: 'kustomization',
  stopsBuild: true,
  *check(root) {
    for (const { file, path, address, isPinned } of remoteEntries(root)) {
      if (isPinned) yield { file, path, message: `${address} is fetched at every build` };
    }
  },
  passes,
  fails: {
    'kustomization.yaml': `
resources: ["https://github.com/cert-manager/cert-manager/releases/download/v1.21.0/cert-manager.yaml"]
`,
  },
};
