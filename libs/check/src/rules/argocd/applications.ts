import { posix } from 'node:path';

import { fieldAt, isMap, listAt, mapAt, textAt, type FieldPath } from '../../field.js';
import type { Origin, Subject } from '../../subject.js';
import { isTogether, type Universe } from '../../universe.js';

export const APPLICATION = 'argoproj.io/Application';
export const APP_PROJECT = 'argoproj.io/AppProject';

/** One source of an Application. */
export interface Source {
  /** Where it stands in the Application. */
  readonly at: FieldPath;
  readonly repoURL: string | undefined;
  readonly targetRevision: string | undefined;
  readonly chart: string | undefined;
  /** Its folder from the repository's root, '.' for the root; undefined where it has none, or one that a template fills in. */
  readonly folder: string | undefined;
  /** Whether what lies in the folder is delivered as it stands: no plugin, no Helm, nothing that Argo CD changes in it. */
  readonly plain: boolean;
  /** Whether a plain folder is read with all that is below it. */
  readonly recurse: boolean;
}

/** Whether a text is filled in later: by an ApplicationSet, Helm, a substitution, or the person who copies it. */
export function isPlaceholder(text: string): boolean {
  return /\{\{|\$\{|\$\(|^\$|<[\w -]+>/.test(text);
}

/** All sources of an Application, as Argo CD reads them. */
export function sourcesOf(application: Subject): readonly Source[] {
  const spec = mapAt(application.resource.body, 'spec');
  const several = listAt(spec, 'sources');
  if (several.length > 0) return several.map((_source, index) => sourceAt(application, ['spec', 'sources', index]));
  return isMap(fieldAt(spec, 'source')) ? [sourceAt(application, ['spec', 'source'])] : [];
}

function sourceAt(application: Subject, at: FieldPath): Source {
  const source = mapAt(application.resource.body, ...at);
  const path = textAt(source, 'path');
  const changed = ['helm', 'kustomize', 'plugin'].some((field) => Object.keys(mapAt(source, field)).length > 0);
  const chosen = ['include', 'exclude', 'jsonnet'].some((field) => fieldAt(source, 'directory', field) !== undefined);
  return {
    at,
    repoURL: textAt(source, 'repoURL'),
    targetRevision: textAt(source, 'targetRevision'),
    chart: textAt(source, 'chart'),
    folder: path === undefined || isPlaceholder(path) ? undefined : folderOf(path),
    plain: !changed && !chosen,
    recurse: fieldAt(source, 'directory', 'recurse') === true,
  };
}

/** A path as Argo CD resolves it: from the repository's root, without slashes at either end. */
export function folderOf(path: string): string {
  const folder = posix.normalize(path.replace(/^\/+/, '')).replace(/\/+$/, '');
  return folder === '' ? '.' : folder;
}

/** A repository's address as Argo CD compares it (util/git, NormalizeGitURL). */
export function normalizedRepository(url: string): string {
  const text = url
    .trim()
    .toLowerCase()
    .replace(/\.git$/, '');
  const scp = /^([\w.-]+@[\w.-]+):(?!\d+\/)(.*)$/.exec(text);
  return scp === null ? text.replace(/^ssh:\/\//, '') : `${scp[1] ?? ''}/${scp[2] ?? ''}`;
}

/** Whether a source is of the repository that is checked; undefined where nobody says. */
export function isOwn(source: Source, universe: Universe): boolean | undefined {
  const own = universe.repository?.repoURL;
  if (own === undefined || source.repoURL === undefined || isPlaceholder(source.repoURL)) return undefined;
  return normalizedRepository(own) === normalizedRepository(source.repoURL);
}

/** Which cluster an Application delivers to, as one text; undefined where it is not known. */
export function clusterOf(application: Subject): string | undefined {
  const destination = mapAt(application.resource.body, 'spec', 'destination');
  const [server, name] = [textAt(destination, 'server'), textAt(destination, 'name')];
  const cluster = server ? server.replace(/\/$/, '') : name === 'in-cluster' ? 'https://kubernetes.default.svc' : name;
  return cluster === undefined || cluster === '' || isPlaceholder(cluster) ? undefined : cluster;
}

/** The namespace for what names none. */
export function destinationNamespace(application: Subject): string | undefined {
  const namespace = textAt(application.resource.body, 'spec', 'destination', 'namespace');
  return namespace === undefined || namespace === '' || isPlaceholder(namespace) ? undefined : namespace;
}

/** What the Applications of a run deliver of it. */
export interface Deliveries {
  /** What an Application delivers, as far as this run has it. */
  of(application: Subject): readonly Subject[];
  /** Which Applications deliver a resource. */
  to(subject: Subject): readonly Subject[];
}

const known = new WeakMap<Universe, Deliveries>();

export function deliveriesOf(universe: Universe): Deliveries {
  const made = known.get(universe) ?? deliver(universe);
  known.set(universe, made);
  return made;
}

function deliver(universe: Universe): Deliveries {
  const byFolder = new Map<string, Subject[]>();
  for (const subject of universe.subjects) {
    const folder = subject.origin.kind === 'overlay' ? `overlay ${subject.origin.overlay}` : `folder ${posix.dirname(subject.origin.file)}`;
    const list = byFolder.get(folder);
    if (list === undefined) byFolder.set(folder, [subject]);
    else list.push(subject);
  }
  const delivered = new Map<Subject, Subject[]>();
  const deliverers = new Map<Subject, Subject[]>();
  for (const application of universe.of(APPLICATION)) {
    const own: Subject[] = [];
    for (const source of sourcesOf(application)) {
      if (source.folder === undefined || !source.plain || source.chart !== undefined || isOwn(source, universe) === false) continue;
      own.push(...foldersOf(source.folder, source.recurse, byFolder).filter(({ scope }) => scope === application.scope));
    }
    delivered.set(application, own);
    for (const subject of own) deliverers.set(subject, [...(deliverers.get(subject) ?? []), application]);
  }
  return { of: (application) => delivered.get(application) ?? [], to: (subject) => deliverers.get(subject) ?? [] };
}

function foldersOf(folder: string, recurse: boolean, byFolder: ReadonlyMap<string, readonly Subject[]>): readonly Subject[] {
  const overlay = byFolder.get(`overlay ${folder}`);
  if (overlay !== undefined) return overlay;
  if (!recurse) return byFolder.get(`folder ${folder}`) ?? [];
  const below = folder === '.' ? '' : `${folder}/`;
  return [...byFolder].filter(([key]) => key === `folder ${folder}` || key.startsWith(`folder ${below}`)).flatMap(([, subjects]) => subjects);
}

/** Whether two Applications (or projects) certainly belong to one Argo CD: each environment may have its own. */
export function inOneArgoCd(one: Subject, other: Subject, universe: Universe): boolean {
  if (one.scope !== other.scope) return false;
  if (universe.isComplete(one) || isTogether(one.origin, other.origin)) return true;
  return sameFolder(one.origin, other.origin);
}

function sameFolder(one: Origin, other: Origin): boolean {
  return one.kind === 'file' && other.kind === 'file' && posix.dirname(one.file) === posix.dirname(other.file);
}

/**
 * Whether two resources certainly meet in one cluster: built together, in one environment that is known in full, or delivered by
 * Applications of one Argo CD to one cluster. The overlays of several environments are not: each has its own cluster.
 */
export function isDeployedWith(one: Subject, other: Subject, universe: Universe): boolean {
  if (one.scope !== other.scope) return false;
  if (universe.isComplete(one) || isTogether(one.origin, other.origin)) return true;
  const deliveries = deliveriesOf(universe);
  return deliveries.to(one).some((first) =>
    deliveries.to(other).some((second) => {
      const cluster = clusterOf(first);
      return cluster !== undefined && cluster === clusterOf(second) && (first === second || inOneArgoCd(first, second, universe));
    }),
  );
}
