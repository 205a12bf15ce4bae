import type { ApiVerdict } from './api-verdict.js';
import { readDefinition, type Definition } from './definition.js';
import { parsedOrNothing } from './json.js';
import { ModuleInstance } from './module-instance.js';
import { readVerdict } from './read-verdict.js';
import { readReports } from './report.js';
import type { Subject } from './subject.js';
import { versionedFields } from './versioned-fields.js';
import { servedVersions, versionInstead } from './versions.js';
import type { GivenDefinition } from './worker-messages.js';

interface Defined {
  /** The module's number for it. */
  readonly number: number;
  readonly definition: Definition;
  /** Why the server would not have it; empty if it would. */
  readonly fault: string;
}

/** The version that the server has CustomResourceDefinitions in. */
const definitionVersion = 'v1';

/** An instance of assets/custom.wasm: custom resources, and the definitions of their kinds. */
export class CustomResources {
  readonly #instance: ModuleInstance;
  readonly #defined = new Map<string, Defined>();

  constructor(module: WebAssembly.Module) {
    this.#instance = new ModuleInstance(module);
  }

  get memoryBytes(): number {
    return this.#instance.memoryBytes;
  }

  /**
   * Validates a resource against the definition of its kind.
   * @param text the resource
   * @param subject what it says it is
   * @param definition it is compiled the first time
   */
  validate(text: string, subject: Subject, definition: GivenDefinition): ApiVerdict {
    const { number, fault, definition: read } = this.#define(definition, subject);
    const { name, versions } = read;
    if (fault !== '') return { kind: 'broken-schema', definition: name, message: fault };
    const served = servedVersions(versions);
    const known = served.includes(subject.version);
    const validatedAs = known ? subject.version : versionInstead(versions);
    const index = versions.findIndex((version) => version.name === validatedAs);
    if (validatedAs === undefined || index < 0) return { kind: 'broken-schema', definition: name, message: 'it has no versions' };
    const { reports } = this.#instance.call('validate', text, number, index);
    return readVerdict(reports, text, known ? undefined : { served, validatedAs });
  }

  /** Validates a resource that is itself a CustomResourceDefinition. */
  validateDefinition(text: string, subject: Subject): ApiVerdict {
    const known = subject.version === definitionVersion;
    const instead = known ? undefined : { served: [definitionVersion], validatedAs: definitionVersion };
    const { reports } = this.#instance.call('validate_definition', text, known ? 0 : 1);
    return readVerdict(versionedFields(reports, JSON.parse(text)), text, instead);
  }

  #define({ text, isProven }: GivenDefinition, { group, kind }: Subject): Defined {
    const made = this.#defined.get(text);
    if (made !== undefined) return made;
    const { reports } = this.#instance.call('define', text, isProven ? 1 : 0);
    const parsed = parsedOrNothing(text);
    const fault = readReports(versionedFields(reports, parsed), parsed)
      .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
      .join('; ');
    const defined = { number: this.#defined.size, definition: readDefinition(text, `${group}/${kind}`), fault };
    this.#defined.set(text, defined);
    return defined;
  }
}
