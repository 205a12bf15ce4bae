import { environmentFolder, type Environment, type OperatorName, type OperatorPin, type Operators, type Workspace } from '@millrace/model';

import type { Context } from '../../template.js';
import type { Kind, NamedKind } from '../argocd/kinds.js';

/** The operator of an environment that manages it, and all that it depends on. */
export interface OperatorHere<N extends OperatorName = OperatorName> {
  readonly workspace: Workspace;
  readonly environment: Environment;
  readonly settings: Operators[N];
  readonly pin: OperatorPin;
}

/** What differs from one operator to the next: the values of its chart, what its overlay adds, and what its project must allow. */
export interface OperatorPlan {
  /** The Helm release: it is in the names of what some charts make. */
  readonly release: string;
  /** Its place among the Applications of the platform (R52). */
  readonly wave: number;
  /** Fills `operators/<operator>`. */
  readonly values: Context;
  /** The names of its definitions, as a pattern. */
  readonly definitions: string;
  /** The port of its admission webhook, and the labels of the pods that answer there; left out, it has none. */
  readonly webhook?: { readonly port: number; readonly labels: Readonly<Record<string, string>> };
  /** Where all its pods have their metrics. */
  readonly metricsPort: number;
  /** Files of its overlay beside the namespace and the network policies. */
  readonly files: readonly { readonly path: string; readonly template: string; readonly context: Context }[];
  /** Namespaces that the chart can put something into, beside the operator's own. */
  readonly namespaces: readonly string[];
  /**
   * What the chart and the overlay can make without a namespace, and in one (R58): with every setting of the operator, so that what
   * it made with another is still pruned.
   */
  readonly clusterKinds: readonly NamedKind[];
  readonly kinds: readonly Kind[];
}

/** Where an environment keeps an operator: the overlay and the chart's values. */
export function operatorFolder(environment: string, operator: OperatorName): string {
  return `${environmentFolder(environment)}/operators/${operator}`;
}
