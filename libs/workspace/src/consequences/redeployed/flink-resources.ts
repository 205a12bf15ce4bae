import { mergedResources } from '@millrace/manifests';
import { fieldOf, isMapping } from '@millrace/model';
import { parse } from 'yaml';

import type { OverlaySources, TargetedPatch } from '../overlay-sources.js';

/** A FlinkDeployment or FlinkSessionJob as an overlay gives it. */
export interface FlinkResource {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly spec: Readonly<Record<string, unknown>>;
  /** The job's state; undefined for a session cluster. */
  readonly state: 'running' | 'suspended' | undefined;
  /** The savepoint that the job goes on from where it is new. */
  readonly startsFrom: string | undefined;
  /** What people's operations do to its spec, as text: they are not applied, only compared. */
  readonly operations: string;
}

/** The Flink resources of an overlay, by name. */
export function flinkResources({ namespace, texts, operations }: OverlaySources): ReadonlyMap<string, FlinkResource> {
  return new Map(
    mergedResources(texts).flatMap(({ kind, name, body }): [string, FlinkResource][] => {
      if (kind !== 'FlinkDeployment' && kind !== 'FlinkSessionJob') return [];
      const { spec } = body;
      if (!isMapping(spec)) return [];
      const own = fieldOf(body, 'metadata', 'namespace');
      const job = spec['job'];
      const savepoint = fieldOf(job, 'initialSavepointPath');
      const resource: FlinkResource = {
        kind,
        name,
        namespace: namespace ?? (typeof own === 'string' ? own : undefined),
        spec,
        state: isMapping(job) ? (job['state'] === 'suspended' ? 'suspended' : 'running') : undefined,
        startsFrom: typeof savepoint === 'string' ? savepoint : undefined,
        operations: JSON.stringify(operations.filter((patch) => isFor(patch, kind, name)).flatMap(specOperations)),
      };
      return [[name, resource]];
    }),
  );
}

/** kustomize reads a target's kind and name as regular expressions; Millrace escapes the name. */
function isFor({ target }: TargetedPatch, kind: string, name: string): boolean {
  const matches = (pattern: string | undefined, value: string) => pattern === undefined || new RegExp(`^(?:${pattern})$`).test(value);
  try {
    return matches(target.kind, kind) && matches(target.name, name);
  } catch {
    return false;
  }
}

function specOperations({ patch }: TargetedPatch): readonly unknown[] {
  const operations: unknown = parse(patch);
  if (!Array.isArray(operations)) return [];
  return operations.filter((operation: unknown) => isMapping(operation) && String(operation['path']).startsWith('/spec'));
}
