import { posix } from 'node:path';

import { fieldAt, isMap, listAt, mapAt, textAt, type FieldPath } from '../../field.js';
import { foldersAbove } from '../../folders-above.js';
import { APPLICATION } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { OrderedIndex } from '../../ordered-index.js';
import { isPlaceholder } from '../../placeholder.js';
import type { Subject } from '../../subject.js';
import { sourceOf, type RepositoryView, type Universe } from '../../universe.js';
import { applicationSpec } from './application-spec.js';

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

/** All sources of an Application, or of an ApplicationSet's template, as Argo CD reads them: `sources` wins over `source`. */
export function sourcesOf(application: Subject): readonly Source[] {
  const { at, spec } = applicationSpec(application);
  const several = listAt(spec, 'sources');
  if (several.length > 0) return several.map((_source, index) => sourceAt(application, [...at, 'sources', index]));
  return isMap(fieldAt(spec, 'source')) ? [sourceAt(application, [...at, 'source'])] : [];
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

/** The chart that a source is; undefined where it is none. */
export function chartNameOf({ chart, repoURL }: Source): string | undefined {
  if (chart !== undefined && chart !== '') return chart;
  return repoURL?.startsWith('oci://') === true ? repoURL.split('/').at(-1) : undefined;
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

/** Which repository is checked, as far as a run knows; a {@link Universe} is one. */
export interface OwnRepository {
  readonly repository?: Pick<RepositoryView, 'repoURL'> | undefined;
}

/** Whether a source is of the repository that is checked; undefined where nobody says. */
export function isOwn(source: Source, { repository }: OwnRepository): boolean | undefined {
  const own = repository?.repoURL;
  if (own === undefined || source.repoURL === undefined || isPlaceholder(source.repoURL)) return undefined;
  return normalizedRepository(own) === normalizedRepository(source.repoURL);
}

/** Whether a revision is the one that is checked, as far as can be told: a tag or another branch has files of its own. */
export function isTrunk(revision: string | undefined): boolean {
  return revision === undefined || ['', 'HEAD', 'main', 'master'].includes(revision);
}

/** Which cluster an Application delivers to, as one text; undefined where it is not known. */
export function destinationCluster(application: Subject): string | undefined {
  const destination = mapAt(application.resource.body, 'spec', 'destination');
  const [server, name] = [textAt(destination, 'server'), textAt(destination, 'name')];
  const cluster = server ? server.replace(/\/$/, '') : name === 'in-cluster' ? 'https://kubernetes.default.svc' : name;
  return cluster === undefined || cluster === '' || isPlaceholder(cluster) ? undefined : cluster;
}

/** The namespace that an Application, or the template of an ApplicationSet, gives to what names none. */
export function destinationNamespace(application: Subject): string | undefined {
  const namespace = textAt(applicationSpec(application).spec, 'destination', 'namespace');
  return namespace === undefined || namespace === '' || isPlaceholder(namespace) ? undefined : namespace;
}

/** What the Applications of a run deliver of it. */
export interface Deliveries {
  /** What an Application delivers, as far as this run has it. */
  of(application: Subject): readonly Subject[];
  /** Which Applications deliver a resource. */
  to(subject: Subject): readonly Subject[];
}

export const deliveriesOf: (universe: Universe) => Deliveries = oncePerUniverse((universe) => {
  const sources = sourceFolders(universe.subjects);
  const delivered = new Map<Subject, readonly Subject[]>();
  const deliverers = new Map<Subject, Subject[]>();
  for (const application of universe.of(APPLICATION)) {
    const own: Subject[] = [];
    for (const source of sourcesOf(application)) {
      if (source.folder === undefined || !source.plain || chartNameOf(source) !== undefined || isOwn(source, universe) === false) continue;
      for (const subject of sources(source.folder, source.recurse)) if (subject.scope === application.scope) own.push(subject);
    }
    delivered.set(application, own);
    for (const subject of own) {
      const list = deliverers.get(subject);
      if (list === undefined) deliverers.set(subject, [application]);
      else list.push(application);
    }
  }
  return { of: (application) => delivered.get(application) ?? [], to: (subject) => deliverers.get(subject) ?? [] };
});

/** What lies in a folder: the overlay that is built there, else the plain files, those below it too where they are asked for. */
function sourceFolders(subjects: readonly Subject[]): (folder: string, recurse: boolean) => readonly Subject[] {
  const built = new OrderedIndex(subjects, ({ origin }) => (origin.kind === 'overlay' ? [origin.overlay] : []));
  const plain = new OrderedIndex(subjects, ({ origin }) => (origin.kind === 'file' ? [posix.dirname(origin.file)] : []));
  const folders = new OrderedIndex(new Set(subjects.flatMap(({ origin }) => (origin.kind === 'file' ? [posix.dirname(origin.file)] : []))), withFoldersAbove);
  return (folder, recurse) => {
    const overlay = built.all(folder);
    if (overlay.length > 0) return overlay;
    return recurse ? folders.all(folder).flatMap((each) => plain.all(each)) : plain.all(folder);
  };
}

/** A folder, and every folder that it lies in, the root included. */
export function withFoldersAbove(folder: string): readonly string[] {
  return folder === '.' ? [folder] : [folder, ...foldersAbove(folder), '.'];
}

/** A text that Applications have in common where they certainly belong to one Argo CD: each environment may have its own. */
export function argoCdOf(application: Subject, universe: Universe): string {
  const { scope, origin } = application;
  if (universe.isComplete(application)) return scope;
  return `${scope}\n${origin.kind === 'file' ? `folder ${posix.dirname(origin.file)}` : sourceOf(origin)}`;
}

/**
 * Texts of which two resources have one in common where they certainly meet in one cluster: built together, in one environment that
 * is known in full, or delivered by Applications of one Argo CD to one cluster. The overlays of several environments are not: each has
 * its own cluster.
 */
export function clustersOf(subject: Subject, universe: Universe): readonly string[] {
  const { scope, origin } = subject;
  if (universe.isComplete(subject)) return [scope];
  const clusters = new Set([`${scope}\n${sourceOf(origin)}`]);
  for (const application of deliveriesOf(universe).to(subject)) {
    const cluster = destinationCluster(application);
    if (cluster !== undefined) clusters.add(`${argoCdOf(application, universe)}\n${cluster}`);
  }
  return [...clusters];
}
