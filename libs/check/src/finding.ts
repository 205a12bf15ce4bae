/** How much a finding weighs: an error is refused, ignored or lost in the cluster; a warning works today and hurts later. */
export type Severity = 'error' | 'warning';

/** The resource that a finding is about. */
export interface ResourceName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** What the check reports: one thing that does not hold, at the place where a person would put it right. */
export interface Finding {
  /** The rule's id, for example `strimzi/cluster-label`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong, in one sentence: what was expected and what came. */
  readonly message: string;
  /** What to write or do instead. */
  readonly fix: string;
  /** Path from the run's root, POSIX separators. */
  readonly file: string;
  /** From one. */
  readonly line: number;
  /** From one. */
  readonly column: number;
  /** Absent where the finding is about a file. */
  readonly resource?: ResourceName;
  /** The field of the resource, as kubectl explain writes it: `spec.kafka.listeners[0].tls`. Absent where it is about the whole. */
  readonly path?: string;
  /** Where the rule is explained: a path and anchor of Millrace's documentation. */
  readonly docs: string;
}

/** A finding that an exception of millrace.yaml takes out of the count, with the reason that a person gave. */
export interface ExceptedFinding {
  readonly finding: Finding;
  readonly reason: string;
}
