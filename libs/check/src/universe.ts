import type { Origin, Subject } from './subject.js';

/** The git repository that a run lies in, for what Argo CD will look for in it. Paths are from its root, POSIX separators. */
export interface RepositoryView {
  /** Whether there is a file or a folder. */
  exists(path: string): boolean;
  /** What Argo CD clones, where the repository says so; undefined where it is not known. */
  readonly repoURL?: string;
  /** What a file says; undefined where there is none, or none that is text. */
  textOf(path: string): string | undefined;
  /** Every folder and file that building the kustomization of a folder reads; empty where it has none. */
  graphOf(path: string): readonly string[];
}

/** Everything that a run checks, for looking up what a resource refers to. */
export class Universe {
  readonly #byKind = new Map<string, Subject[]>();
  readonly #byName = new Map<string, Subject[]>();
  readonly #byScope = new Map<string, Subject[]>();

  constructor(
    readonly subjects: readonly Subject[],
    /** Scopes that are known in full, so that what is not there is nowhere: whole environments of a Millrace repository. */
    private readonly complete: ReadonlySet<string> = new Set(),
    /** Undefined where resources came without one: from standard input. */
    readonly repository?: RepositoryView,
    /** Files that were named one by one, and standard input: what lies beside them is not in the run. */
    private readonly single: ReadonlySet<string> = new Set(),
  ) {
    for (const subject of subjects) {
      push(this.#byKind, subject.groupKind, subject);
      push(this.#byName, `${subject.groupKind} ${subject.scope}\n${subject.resource.name}`, subject);
      push(this.#byScope, `${subject.groupKind} ${subject.scope}`, subject);
    }
  }

  /** Every resource of a group and kind, wherever it is deployed. */
  of(groupKind: string): readonly Subject[] {
    return this.#byKind.get(groupKind) ?? [];
  }

  /** Every resource of a group and kind that may share a cluster with `from`. */
  near(from: Subject, groupKind: string): readonly Subject[] {
    return this.#byScope.get(`${groupKind} ${from.scope}`) ?? [];
  }

  /** Every resource of a group, kind and name that may share a cluster with `from`, in whatever namespace. */
  called(from: Subject, groupKind: string, name: string): readonly Subject[] {
    return this.#byName.get(`${groupKind} ${from.scope}\n${name}`) ?? [];
  }

  /**
   * What `from` can mean by the name of a resource in a namespace. What is built together with it comes first: only where its own
   * root or file has none are others taken, and several of them are as many possibilities (the overlays of several environments).
   * @param namespace where to look. @default the namespace of `from`; an unknown one agrees with every namespace
   */
  named(from: Subject, groupKind: string, name: string, namespace = from.namespace): readonly Subject[] {
    const found = this.called(from, groupKind, name).filter((subject) => agrees(subject.namespace, namespace));
    const together = found.filter(({ origin }) => isTogether(origin, from.origin));
    return together.length > 0 ? together : found;
  }

  /** Whether everything that shares a cluster with `from` is in this run: only then is what is not found missing. */
  isComplete(from: Subject): boolean {
    return this.complete.has(from.scope);
  }

  /** Whether this run has all that lies beside a resource: its Kustomize root, or the folder of its file. */
  hasAround({ origin }: Subject): boolean {
    return origin.kind === 'overlay' || !this.single.has(origin.file);
  }
}

/** Whether two namespaces can be the same one: an unknown one agrees with all. */
export function agrees(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** Whether two resources come from the same Kustomize root or the same file. */
export function isTogether(one: Origin, other: Origin): boolean {
  return one.kind === 'file' ? other.kind === 'file' && one.file === other.file : other.kind === 'overlay' && one.overlay === other.overlay;
}

/** A text that resources have in common where {@link isTogether} holds, for finding them by. */
export function sourceOf(origin: Origin): string {
  return origin.kind === 'file' ? `file ${origin.file}` : `overlay ${origin.overlay}`;
}

/** What a resource is found by, of those that agree with a namespace: filed by its own, looked for by the other's. See {@link agrees}. */
export const namespaceKeys = {
  filed: (namespace: string | undefined): readonly string[] => ['any namespace', namespace === undefined ? 'unknown namespace' : `namespace ${namespace}`],
  looked: (namespace: string | undefined): readonly string[] => (namespace === undefined ? ['any namespace'] : [`namespace ${namespace}`, 'unknown namespace']),
};

function push(map: Map<string, Subject[]>, key: string, subject: Subject): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [subject]);
  else list.push(subject);
}
