import type { ApiVerdict } from './api-verdict.js';
import { ModuleInstance } from './module-instance.js';
import { readVerdict } from './read-verdict.js';
import type { Subject } from './subject.js';

/** The API groups whose kinds assets/builtin.wasm knows. A definition for one of them would never be asked: the group is Kubernetes' own. */
export const builtInGroups: ReadonlySet<string> = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'autoscaling',
  'batch',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
]);

/** An instance of assets/builtin.wasm: Kubernetes' own kinds. */
export class BuiltInKinds {
  readonly #instance: ModuleInstance;
  readonly #served = new Map<string, readonly string[]>();

  constructor(module: WebAssembly.Module) {
    this.#instance = new ModuleInstance(module);
  }

  get memoryBytes(): number {
    return this.#instance.memoryBytes;
  }

  /**
   * Validates a resource of a group of Kubernetes' own.
   * @param text the resource
   * @param subject what it says it is
   */
  validate(text: string, subject: Subject): ApiVerdict {
    const served = this.#versions(`${subject.group}/${subject.kind}`);
    const [validatedAs] = served;
    if (validatedAs === undefined) return { kind: 'unknown-kind' };
    const known = served.includes(subject.version);
    const { reports } = this.#instance.call('validate', text, known ? 0 : 1);
    return readVerdict(reports, text, known ? undefined : { served, validatedAs });
  }

  #versions(kind: string): readonly string[] {
    const found = this.#served.get(kind) ?? this.#instance.call('versions', kind).answers;
    this.#served.set(kind, found);
    return found;
  }
}
