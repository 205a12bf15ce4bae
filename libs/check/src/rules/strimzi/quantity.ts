import type { Value } from '@millrace/kustomize';
import { quantityOf } from '@millrace/model';

import { scalarText } from '../../field.js';

/** The number that a Kubernetes quantity (`100Gi`, `500m`, `1e3`) stands for; undefined for what is none. */
export function quantity(value: Value | undefined): number | undefined {
  return quantityOf(scalarText(value) ?? '');
}
