import type { Value, ValueMap } from '@millrace/kustomize';

import { fieldAt, isMap, listAt, textAt, type FieldPath } from '../../field.js';
import type { FlinkSpec } from './flink-spec.js';

export interface TemplateContainer {
  readonly path: FieldPath;
  readonly container: ValueMap;
  readonly name: string | undefined;
  readonly isInit: boolean;
}

/** The places of pod templates in a spec. */
export const templatePaths: readonly FieldPath[] = [['podTemplate'], ['jobManager', 'podTemplate'], ['taskManager', 'podTemplate']];

/** The containers of one pod template, init containers too. */
export function* containersOf({ at, spec }: FlinkSpec, template: FieldPath): Generator<TemplateContainer> {
  for (const field of ['containers', 'initContainers']) {
    for (const [index, container] of listAt(spec, ...template, 'spec', field).entries()) {
      if (!isMap(container)) continue;
      yield { path: [...at, ...template, 'spec', field, index], container, name: textAt(container, 'name'), isInit: field === 'initContainers' };
    }
  }
}

/** A variable of a container that is named and has its value in the template. */
export function environmentOf(
  { path, container }: TemplateContainer,
  name: string,
): { readonly path: FieldPath; readonly value: Value | undefined } | undefined {
  const index = listAt(container, 'env').findIndex((entry) => textAt(entry, 'name') === name);
  return index < 0 ? undefined : { path: [...path, 'env', index, 'value'], value: fieldAt(container, 'env', index, 'value') };
}
