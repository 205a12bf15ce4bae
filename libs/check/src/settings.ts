import { locate, MILLRACE_FILE, readDeclared, rulesSchema, type Declared, type Problem, type RuleSettings } from '@millrace/model';
import * as z from 'zod';

import type { Severity } from './finding.js';
import { withoutHash } from './generated-name.js';
import type { Rule } from './rule.js';
import { isRule } from './rules/by-id.js';
import type { Subject } from './subject.js';

/** One exception of millrace.yaml, and whether it has taken a finding out yet. */
export interface Exception {
  readonly rule: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly environment?: string | undefined;
  readonly reason: string;
  /** Where it stands in millrace.yaml. */
  readonly position: { readonly line: number; readonly column: number };
  used: boolean;
}

const fileSchema = z.looseObject({ rules: rulesSchema });

/** What millrace.yaml says of the rules. */
export class Settings {
  /** What is wrong with the file; then nothing of it holds. */
  readonly problems: readonly Problem[];
  readonly exceptions: readonly Exception[];
  readonly #rules: RuleSettings;
  readonly #declared: Declared<unknown> | undefined;

  /**
   * @param text of millrace.yaml; undefined where there is none
   */
  constructor(text: string | undefined) {
    const reading = text === undefined ? undefined : readDeclared(MILLRACE_FILE, text, fileSchema);
    this.problems = reading?.kind === 'wrong' ? reading.problems : [];
    this.#declared = reading?.kind === 'read' ? reading.declared : undefined;
    this.#rules = reading?.kind === 'read' ? reading.declared.value.rules : {};
    this.exceptions = Object.entries(this.#rules).flatMap(([rule, { exceptions }]) =>
      exceptions.map((exception, index) => ({ ...exception, rule, position: this.#place(['rules', rule, 'exceptions', index]), used: false })),
    );
  }

  /**
   * The severity of a rule here; 'off' where nobody wants to hear of it.
   * @param severity where nobody says another one
   */
  severityOf({ id, severity: own }: Rule, severity = own): Severity | 'off' {
    return this.#rules[id]?.severity ?? severity;
  }

  /** The exception that takes a finding of a rule on a resource out. */
  exceptionFor(rule: string, subject: Subject): Exception | undefined {
    return this.exceptions.find((exception) => exception.rule === rule && covers(exception, subject));
  }

  /** Rules that are named and that there are not. */
  unknownRules(): readonly { readonly rule: string; readonly position: { readonly line: number; readonly column: number } }[] {
    return Object.keys(this.#rules)
      .filter((rule) => !isRule(rule))
      .map((rule) => ({ rule, position: this.#place(['rules', rule]) }));
  }

  #place(path: readonly (string | number)[]): { readonly line: number; readonly column: number } {
    return this.#declared === undefined ? { line: 1, column: 1 } : locate(this.#declared, path);
  }
}

/** Whether an exception is about a resource; a generated one is called as in its kustomization, without the hash. */
export function covers({ kind, name, namespace, environment }: Exception, subject: Subject): boolean {
  return (
    kind === subject.resource.kind &&
    (name === subject.resource.name || name === nameBeforeHash(subject)) &&
    (namespace === undefined || namespace === subject.namespace) &&
    (environment === undefined || environment === subject.scope)
  );
}

/** The name that a generator's entry has; undefined for what no generator of kustomize makes. */
function nameBeforeHash({ resource, groupKind, origin }: Subject): string | undefined {
  return origin.kind === 'overlay' && (groupKind === 'ConfigMap' || groupKind === 'Secret') ? withoutHash(resource.name) : undefined;
}
