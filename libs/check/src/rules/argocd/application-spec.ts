import type { ValueMap } from '@millrace/kustomize';

import { mapAt, type FieldPath } from '../../field.js';
import { APPLICATION, APPLICATION_SET } from '../../kinds.js';
import type { Subject } from '../../subject.js';

/** What holds the spec of an Application: the resource itself, or the template of an ApplicationSet. */
export const WITH_APPLICATION_SPEC = [APPLICATION, APPLICATION_SET];

/** The spec of an Application or of an ApplicationSet's template, and where it stands. */
export function applicationSpec({ groupKind, resource }: Subject): { readonly at: FieldPath; readonly spec: ValueMap } {
  const at = groupKind === APPLICATION_SET ? ['spec', 'template', 'spec'] : ['spec'];
  return { at, spec: mapAt(resource.body, ...at) };
}
