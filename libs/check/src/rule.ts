import type { FieldPath } from './field.js';
import type { Severity } from './finding.js';
import type { Kustomization } from './sources/kustomization.js';
import type { Subject } from './subject.js';
import type { Universe } from './universe.js';

/** YAML of one file, or the files of a folder by path: what a rule's example consists of. */
export type Example = string | Readonly<Record<string, string>>;

/** What a person reads of a rule: the page of all rules, `--explain` and every finding are made from it. */
export interface RuleText {
  /** `<area>/<name>`: a contract with users, who write it in millrace.yaml. */
  readonly id: `${string}/${string}`;
  readonly severity: Severity;
  /** What must hold, in one sentence. */
  readonly title: string;
  /** Where it is known from: the operator's class or page, and the number in Millrace's catalogue (R7). */
  readonly source: string;
  /** What happens in the cluster if it is ignored. */
  readonly consequence: string;
  /** How to put it right, in the imperative. */
  readonly fix: string;
  /** An example with nothing to find. */
  readonly passes: Example;
  /** An example that this rule finds. */
  readonly fails: Example;
}

/** One thing that does not hold for a resource. */
export interface Offence {
  /** The field to look at; where a field is missing, the deepest map that should hold it. */
  readonly path: FieldPath;
  /**
   * Fields that the same mistake makes wrong too: what the schema says of them, and of what is below them, is left out.
   * @default none
   */
  readonly spoils?: readonly FieldPath[];
  /** What is wrong here: what was expected and what came. */
  readonly message: string;
  /**
   * What to do here, where more can be said than the rule's own `fix`.
   * @default the rule's fix
   */
  readonly fix?: string;
  /**
   * A warning where a run does not have all that could prove the rule wrong; who sets a severity in millrace.yaml gets that.
   * @default the rule's severity
   */
  readonly severity?: 'warning';
}

/** One thing that does not hold for a kustomization or a file that it reads. */
export interface FileOffence extends Offence {
  /** Path from the run's root. */
  readonly file: string;
  /** Which YAML document of the file, from zero. @default 0 */
  readonly document?: number;
}

/** A rule that one resource alone can break. */
export interface ResourceRule extends RuleText {
  readonly reach: 'resource';
  /** Group and kind (`kafka.strimzi.io/Kafka`, `Secret`), in whatever version. */
  readonly on: readonly string[] | 'any';
  check(subject: Subject): Iterable<Offence>;
}

/** A rule about what a resource refers to, or shares with others: of its environment, or of all environments. */
export interface ReferenceRule extends RuleText {
  readonly reach: 'references' | 'environments';
  readonly on: readonly string[] | 'any';
  check(subject: Subject, universe: Universe): Iterable<Offence>;
}

/** A rule about a kustomization that is built, with all that it is built from. */
export interface KustomizationRule extends RuleText {
  readonly reach: 'kustomization';
  /**
   * Whether kustomize does not build what breaks the rule: then its own error, which says the same, is left out.
   * @default false
   */
  readonly stopsBuild?: boolean;
  check(root: Kustomization): Iterable<FileOffence>;
}

/** A rule whose findings come from elsewhere: from reading, from the API server's code, from what Millrace itself knows of its files. */
export interface ReportedRule extends RuleText {
  readonly reach: 'reported';
}

export type Rule = ResourceRule | ReferenceRule | KustomizationRule | ReportedRule;
