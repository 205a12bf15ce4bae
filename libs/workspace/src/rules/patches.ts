import { placed, plan } from '@millrace/manifests';
import { readPatch, type Problem, type Workspace } from '@millrace/model';
import { parse } from 'yaml';

export { placed, plan, parse, readPatch };
export function* ownPatches(_workspace: Workspace): Generator<Problem> {}
