import { listAt, scalarText } from '../../field.js';
import type { FieldPath } from '../../field.js';
import type { Subject } from '../../subject.js';
import type { Universe } from '../../universe.js';
import { isDeployedWith } from '../argocd/applications.js';

export const JOBS = ['flink.apache.org/FlinkDeployment', 'flink.apache.org/FlinkSessionJob'] as const;

export interface Argument {
  /** Without dashes and dots, in small letters: `groupid`. */
  readonly name: string;
  readonly value: string;
  readonly path: FieldPath;
}

/** The arguments of a job that are pairs of a name and a value, in either way of writing them. */
export function argumentsOf(subject: Subject): readonly Argument[] {
  const before = known.get(subject);
  if (before !== undefined) return before;
  const made = readArguments(subject);
  known.set(subject, made);
  return made;
}

const known = new WeakMap<Subject, readonly Argument[]>();

function readArguments(subject: Subject): readonly Argument[] {
  const at = ['spec', 'job', 'args'];
  const texts = listAt(subject.resource.body, ...at).map((item) => scalarText(item) ?? '');
  return texts.flatMap((text, index) => {
    const pair = /^--?([\w.-]+)(?:=(.*))?$/s.exec(text);
    if (pair === null) return [];
    const name = (pair[1] ?? '').replaceAll(/[._-]/g, '').toLowerCase();
    const value = pair[2] ?? texts[index + 1];
    if (value === undefined || value === '' || (pair[2] === undefined && value.startsWith('--')) || /\$|\{\{/.test(value)) return [];
    return [{ name, value, path: [...at, pair[2] === undefined ? index + 1 : index] }];
  });
}

/** The first argument of these names that another job has with the same value. */
export function sharedArgument(
  subject: Subject,
  names: ReadonlySet<string>,
  universe: Universe,
): { readonly argument: Argument; readonly other: Subject } | undefined {
  for (const argument of argumentsOf(subject)) {
    if (!names.has(argument.name)) continue;
    const other = JOBS.flatMap((kind) => universe.near(subject, kind)).find(
      (job) =>
        !isSame(job, subject) &&
        isDeployedWith(job, subject, universe) &&
        argumentsOf(job).some(({ name, value }) => names.has(name) && value === argument.value),
    );
    if (other !== undefined) return { argument, other };
  }
  return undefined;
}

function isSame(one: Subject, other: Subject): boolean {
  return one === other || (one.groupKind === other.groupKind && one.namespace === other.namespace && one.resource.name === other.resource.name);
}
