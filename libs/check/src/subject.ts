import type { Resource } from '@millrace/kustomize';
import type { PlatformName } from '@millrace/model';

/** Where a resource comes from. */
export type Origin =
  /** A document of a file that is applied as it stands. `item` is its index where the document is a List. */
  | { readonly kind: 'file'; readonly file: string; readonly document: number; readonly item?: number }
  /** The output of a Kustomize root; `index` is its place in it. */
  | { readonly kind: 'overlay'; readonly overlay: string; readonly index: number };

/** A resource that is checked, and where it comes from. */
export interface Subject {
  readonly resource: Omit<Resource, 'text'>;
  /** The API group; empty for the core group. */
  readonly group: string;
  /** Group and kind, as rules name them: `kafka.strimzi.io/Kafka`, and `Secret` in the core group. */
  readonly groupKind: string;
  /** The namespace it lands in, as far as it is known: its own, or its Argo CD Application's. */
  readonly namespace: string | undefined;
  readonly origin: Origin;
  /**
   * What is deployed together by one cluster and environment, as far as it is known: references resolve inside it.
   * The environment of a Millrace repository; empty for all of any other run.
   */
  readonly scope: string;
  /** The tested set that decides what is right: its environment's. */
  readonly platform: PlatformName;
}

/** Group and kind as rules name them. */
export function groupKindOf(apiVersion: string, kind: string): string {
  const group = groupOf(apiVersion);
  return group === '' ? kind : `${group}/${kind}`;
}

/** The API group of an apiVersion; empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.lastIndexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** A resource as people say it: `KafkaTopic kafka/orders`. */
export function nameOf({ resource, namespace }: Subject): string {
  if (resource.name === '') return `${resource.kind} without a name`;
  return `${resource.kind} ${namespace === undefined ? '' : `${namespace}/`}${resource.name}`;
}
