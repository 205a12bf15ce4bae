import { listAt, scalarText, type FieldPath } from '../../field.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import { isSubstituted } from '../../placeholder.js';
import type { Subject } from '../../subject.js';
import type { Universe } from '../../universe.js';
import { clustersOf } from '../argocd/applications.js';
import { JOBS, specPathOf } from '../flink/flink-spec.js';

export interface Argument {
  /** Without dashes and dots, in small letters: `groupid`. */
  readonly name: string;
  /** As it is written, without the dashes before it: `group-id`. */
  readonly written: string;
  readonly value: string;
  readonly path: FieldPath;
}

/** The arguments of a job that are pairs of a name and a value, in either way of writing them. */
export function argumentsOf(subject: Subject): readonly Argument[] {
  const at = [...specPathOf(subject.groupKind), 'job', 'args'];
  const texts = listAt(subject.resource.body, ...at).map((item) => scalarText(item) ?? '');
  return texts.flatMap((text, index) => {
    const pair = /^--?([\w.-]+)(?:=(.*))?$/s.exec(text);
    if (pair === null) return [];
    const written = pair[1] ?? '';
    const value = pair[2] ?? texts[index + 1];
    if (value === undefined || value === '' || (pair[2] === undefined && value.startsWith('--')) || isSubstituted(value)) return [];
    return [{ name: plainName(written), written, value, path: [...at, pair[2] === undefined ? index + 1 : index] }];
  });
}

/** A name as {@link Argument.name} has it: `input.topic`, `input-topic` and `inputTopic` are one. */
export function plainName(written: string): string {
  return written.replaceAll(/[._-]/g, '').toLowerCase();
}

/**
 * Looks for the first argument of some names that another job has with the same value.
 * @param names as in {@link Argument.name}; it does not matter which of them the other job writes
 */
export function sharedArgument(
  names: readonly string[],
): (subject: Subject, universe: Universe) => { readonly argument: Argument; readonly other: Subject } | undefined {
  const named = (job: Subject): readonly Argument[] => argumentsOf(job).filter(({ name }) => names.includes(name));
  const byValue = oncePerUniverse((universe) => {
    const jobs = JOBS.flatMap((kind) => universe.of(kind));
    return new OrderedIndex(jobs, (job) => new Set(named(job).flatMap((argument) => keysOf(job, argument, universe))));
  });
  return (subject, universe) => {
    for (const argument of named(subject)) {
      const other = byValue(universe).first(keysOf(subject, argument, universe), (job) => !isSame(job, subject));
      if (other !== undefined) return { argument, other };
    }
    return undefined;
  };
}

function keysOf(job: Subject, { value }: Argument, universe: Universe): readonly string[] {
  return clustersOf(job, universe).map((cluster) => `${cluster}\n${value}`);
}

function isSame(one: Subject, other: Subject): boolean {
  return one.groupKind === other.groupKind && one.namespace === other.namespace && one.resource.name === other.resource.name;
}
