import type { Workspace } from '@millrace/model';

import { byHand, keep } from './immutable.js';

/** Refuses another namespace for Argo CD where environments have Applications: each would be another object, over the same resources. */
export function keepArgocdNamespace({ millrace, environments }: Workspace, namespace: string | undefined): void {
  if (environments.size === 0) return;
  const now = millrace.value.argocd.namespace;
  const names = [...environments.keys()].join(', ');
  keep(millrace, [
    {
      path: ['argocd', 'namespace'],
      now,
      wanted: namespace,
      message: `the Applications of ${names} are in the namespace ${now}: in another one each would be another object over the same resources, and deleting the old one would delete those`,
      remedy: `${byHand('argocd.namespace')} To move what is applied, delete the roots first, then the other Applications, each without what it holds: argocd app delete <Application> --cascade=false`,
    },
  ]);
}
