import { manifests } from './manifests.js';
import { at, documentsOf, isRecord, workspaceOf, type Texts } from './workspace.fixture.js';

export interface Resource {
  readonly path: string;
  readonly kind: string;
  readonly body: unknown;
}

/** Every resource of a repository: what is generated, and what its releases froze. */
export class Repository {
  readonly resources: readonly Resource[];
  readonly files: ReadonlyMap<string, string>;

  constructor(texts: Texts) {
    const frozen = Object.entries(texts).filter(([path]) => /\/releases\/[^/]+\/(?:kafka|session|application)\//.test(path));
    this.files = new Map([...manifests(workspaceOf(texts)), ...frozen]);
    this.resources = [...this.files].flatMap(([path, text]) =>
      path.endsWith('.yaml')
        ? documentsOf(text).flatMap((body) => {
            const kind = at(body, 'kind');
            return typeof kind === 'string' ? [{ path, kind, body }] : [];
          })
        : [],
    );
  }

  /** The bodies of a kind under some folder; throws where there is none, for a loop over nothing asserts nothing. */
  all(kind: string, folder = ''): readonly unknown[] {
    const found = this.ofKind(kind, folder);
    if (found.length === 0) throw new Error(`there is no ${kind} under ${folder}`);
    return found;
  }

  /** The same, where there may be none. */
  ofKind(kind: string, folder = ''): readonly unknown[] {
    return this.resources.filter((resource) => resource.kind === kind && resource.path.startsWith(folder)).map(({ body }) => body);
  }

  /** The one of a kind under some folder, with a name where there are several. */
  one(kind: string, folder = '', name?: string): unknown {
    const found = this.all(kind, folder).filter((body) => name === undefined || at(body, 'metadata', 'name') === name);
    if (found.length !== 1) throw new Error(`${found.length} ${kind} ${name ?? ''} under ${folder}`);
    return found[0];
  }
}

export const annotation = (body: unknown, name: string) => at(body, 'metadata', 'annotations', `argocd.argoproj.io/${name}`);
export const wave = (body: unknown) => Number(annotation(body, 'sync-wave') ?? 0);
export const record = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const nameOf = (body: unknown) => at(body, 'metadata', 'name');
