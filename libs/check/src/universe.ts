import type { Origin, Subject } from './subject.js';

/** The git repository that a run lies in, for what Argo CD will look for in it. Paths are from its root, POSIX separators. */
export interface RepositoryView {
  /** Whether there is a file or a folder. */
  exists(path: string): boolean;
  /** What Argo CD clones, where the repository says so; undefined where it is not known. */
  readonly repoURL?: string;
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
  ) {
    for (const subject of subjects) {
      push(this.#byKind, subject.groupKind, subject);
      push(this.#byName, `${subject.groupKind} ${subject.resource.name}`, subject);
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

  /**
   * What `from` can mean by the name of a resource in a namespace. What is built together with it comes first: only where its own
   * root or file has none are others taken, and several of them are as many possibilities (the overlays of several environments).
   * @param namespace where to look. @default the namespace of `from`; an unknown one agrees with every namespace
   */
  named(from: Subject, groupKind: string, name: string, namespace = from.namespace): readonly Subject[] {
    const found = (this.#byName.get(`${groupKind} ${name}`) ?? []).filter((subject) => subject.scope === from.scope && agrees(subject.namespace, namespace));
    const together = found.filter(({ origin }) => isTogether(origin, from.origin));
    return together.length > 0 ? together : found;
  }

  /** Whether everything that shares a cluster with `from` is in this run: only then is what is not found missing. */
  isComplete(from: Subject): boolean {
    return this.complete.has(from.scope);
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

function push(map: Map<string, Subject[]>, key: string, subject: Subject): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [subject]);
  else list.push(subject);
}
