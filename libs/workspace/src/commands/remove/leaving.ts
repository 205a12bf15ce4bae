import { environmentFile, type Declared, type Edit, type Environment, type Problem } from '@millrace/model';

import type { FileEdit } from '../../file-edit.js';
import { inTheWay } from './removal.js';

type Leaving = Environment['argocd']['leaving'];

/** The edit with which Argo CD may go on pruning in a namespace that something leaves. Throws where the same has left another one already. */
export function leave({ file, value }: Declared<Environment>, section: keyof Leaving, name: string, namespace: string): Edit {
  const before = ofSection(value, section)[name];
  inTheWay(
    before === undefined || before === namespace
      ? []
      : [
          {
            file,
            message: `${name} has left the namespace ${before} before, and Argo CD may be pruning there`,
            remedy: `Take argocd.leaving.${section}.${name} out when nothing of it is left in ${before}.`,
          },
        ],
  );
  return { kind: 'set', path: ['argocd', 'leaving', section, name], value: namespace };
}

/** The edits that take a namespace out again; undefined where it is not among those that something leaves. */
export function left({ file, value }: Declared<Environment>, section: keyof Leaving, name: string): FileEdit | undefined {
  if (!(name in ofSection(value, section))) return undefined;
  // The last one takes the mappings around it along.
  const { leaving } = value.argocd;
  const alone = Object.keys(ofSection(value, section)).length === 1;
  const last = alone && Object.values(leaving).every((one) => one === leaving[section] || Object.keys(one).length === 0);
  const path = ['argocd', 'leaving', ...(last ? [] : [section, ...(alone ? [] : [name])])];
  return { kind: 'yaml', file, edits: [{ kind: 'delete', path }] };
}

/** What a person does when Argo CD has pruned. */
export function finishing(namespace: string, environments: readonly string[], command: string): Problem {
  return {
    message: `the projects of ${environments.join(', ')} allow ${namespace} until Argo CD has pruned there: it prunes nothing that a project does not allow`,
    remedy: `Confirm it in Argo CD, and when nothing is left: ${command} --finish (it takes argocd.leaving out of ${environments.map(environmentFile).join(', ')}).`,
  };
}

function ofSection(environment: Environment, section: keyof Leaving): Readonly<Record<string, string | undefined>> {
  return environment.argocd.leaving[section];
}
