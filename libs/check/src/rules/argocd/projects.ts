import { fieldAt, isList, listAt, textAt, textsAt, type FieldPath } from '../../field.js';
import { kindScopes, type KindScope } from '../../kind-scope.js';
import { APP_PROJECT } from '../../kinds.js';
import { oncePerUniverse } from '../../once-per-universe.js';
import { isPlaceholder } from '../../placeholder.js';
import type { Subject } from '../../subject.js';
import type { Universe } from '../../universe.js';
import { destinationNamespace, normalizedRepository } from './applications.js';

/** The project of this run that an Application means; undefined where there is none, or several that it could mean. */
export function projectOf(application: Subject, universe: Universe): Subject | undefined {
  const name = textAt(application.resource.body, 'spec', 'project');
  if (!name || isPlaceholder(name)) return undefined;
  // An Application may live in another namespace than its project.
  const found = universe.named(application, APP_PROJECT, name, undefined);
  return found.length === 1 ? found[0] : undefined;
}

/** A pattern of github.com/gobwas/glob as an expression; undefined where it is none that can be read here. */
function expressionOf(pattern: string, separator: string): RegExp | undefined {
  const some = separator === '' ? '.*' : `[^${separator}]*`;
  const one = separator === '' ? '.' : `[^${separator}]`;
  let text = '';
  let open = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern.charAt(at);
    if (char === '*') {
      const double = pattern.charAt(at + 1) === '*';
      text += double ? '.*' : some;
      if (double) at += 1;
    } else if (char === '?') text += one;
    else if (char === '{') {
      open += 1;
      text += '(?:';
    } else if (char === '}' && open > 0) {
      open -= 1;
      text += ')';
    } else if (char === ',' && open > 0) text += '|';
    else if (char === '[') {
      const end = pattern.indexOf(']', at);
      if (end < 0) return undefined;
      const body = pattern.slice(at + 1, end).replaceAll('\\', '\\\\');
      text += `[${body.startsWith('!') ? `^${body.slice(1)}` : body}]`;
      at = end;
    } else if (char === '\\') {
      at += 1;
      text += escaped(pattern.charAt(at));
    } else text += escaped(char);
  }
  try {
    return new RegExp(`^${text}$`, 's');
  } catch {
    return undefined;
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a pattern matches; a pattern that cannot be read matches nothing, as for Argo CD. */
export function matches(pattern: string, text: string, separator = ''): boolean {
  if (pattern === '*') return true;
  // Most patterns are plain texts, and there are many to compare.
  return /[*?{[\\]/.test(pattern) ? (expressionOf(pattern, separator)?.test(text) ?? false) : pattern === text;
}

const isDeny = (pattern: string): boolean => pattern.startsWith('!');
const allows = (pattern: string, text: string, separator = ''): boolean =>
  isDeny(pattern) ? !matches(pattern.slice(1), text, separator) : matches(pattern, text, separator);

/** Whether a project takes a repository (AppProject.IsSourcePermitted): a deny that matches decides. */
export function permitsSource(project: Subject, repoURL: string): boolean {
  const url = normalizedRepository(repoURL);
  let permitted = false;
  for (const entry of textsAt(project.resource.body, 'spec', 'sourceRepos')) {
    const pattern = isDeny(entry) ? `!${normalizedRepository(entry.slice(1))}` : normalizedRepository(entry);
    if (allows(pattern, url, '/')) permitted = true;
    else if (isDeny(pattern)) return false;
  }
  return permitted;
}

export interface Destination {
  readonly server?: string | undefined;
  readonly name?: string | undefined;
  readonly namespace: string;
}

/**
 * Whether a project takes a destination (AppProject.isDestinationMatched); undefined where it cannot be known: Argo CD knows both the
 * name and the server of a cluster, an Application says one of them.
 */
export function permitsDestination(project: Subject, destination: Destination): boolean | undefined {
  let permitted = false;
  let unsure = false;
  for (const item of listAt(project.resource.body, 'spec', 'destinations')) {
    const [server, name] = [textAt(item, 'server') ?? '', textAt(item, 'name') ?? ''];
    const namespace = allows(textAt(item, 'namespace') ?? '', destination.namespace);
    const knownServer = destination.server !== undefined;
    const knownName = destination.name !== undefined;
    const byServer = knownServer && allows(server, destination.server);
    const byName = knownName && allows(name, destination.name);
    if ((byServer || byName) && namespace) permitted = true;
    else if (knownName && !byName && isDeny(name)) return false;
    else if (knownServer && !byServer && isDeny(server) && namespace) return false;
    else if (!namespace && isDeny(textAt(item, 'namespace') ?? '') && byServer) return false;
    else if (namespace && ((!knownServer && server !== '') || (!knownName && name !== ''))) unsure = true;
  }
  return permitted ? true : unsure ? undefined : false;
}

/** The two ways to say which cluster; the one Argo CD runs in has a known name. */
export function destinationsOf(application: Subject): Omit<Destination, 'namespace'> {
  const server = textAt(application.resource.body, 'spec', 'destination', 'server') || undefined;
  const name = textAt(application.resource.body, 'spec', 'destination', 'name') || undefined;
  if (server === IN_CLUSTER.server || name === IN_CLUSTER.name) return IN_CLUSTER;
  return { server, name };
}

/** How the cluster that Argo CD runs in is called. */
export const IN_CLUSTER = { server: 'https://kubernetes.default.svc', name: 'in-cluster' };

/** The list of a project that keeps a kind out, or undefined where the project takes it (AppProject.IsGroupKindNamePermitted). */
export function refusing(project: Subject, subject: Subject, universe: Universe): FieldPath | undefined {
  const scope = scopeOf(subject, universe);
  const cluster = refusingList(project, subject, false);
  const namespaced = refusingList(project, subject, true);
  if (scope === 'cluster') return cluster;
  if (scope === 'namespace') return namespaced;
  return cluster === undefined ? undefined : namespaced;
}

function refusingList(project: Subject, subject: Subject, namespaced: boolean): FieldPath | undefined {
  const [white, black] = namespaced ? ['namespaceResourceWhitelist', 'namespaceResourceBlacklist'] : ['clusterResourceWhitelist', 'clusterResourceBlacklist'];
  const allowed = fieldAt(project.resource.body, 'spec', white);
  // No list lets every namespaced kind in, and no cluster-scoped one. An empty list is one.
  const open = namespaced && !isList(allowed);
  if (!open && !isInList(project, white, subject, !namespaced)) return ['spec', white];
  return isInList(project, black, subject, !namespaced) ? ['spec', black] : undefined;
}

/** The place in a list of a project's kinds of what matches a group and kind, or -1. */
export function listedKind(project: Subject, list: string, groupKind: string): number {
  const [group, kind] = [groupKind.slice(0, Math.max(groupKind.lastIndexOf('/'), 0)), groupKind.slice(groupKind.lastIndexOf('/') + 1)];
  return listAt(project.resource.body, 'spec', list).findIndex(
    (item) => matches(textAt(item, 'kind') ?? '', kind) && matches(textAt(item, 'group') ?? '', group),
  );
}

/** Whether a list of a project's kinds has what matches a group and kind. */
export function listsKind(project: Subject, list: string, groupKind: string): boolean {
  return listedKind(project, list, groupKind) >= 0;
}

function isInList(project: Subject, list: string, { group, resource }: Subject, byName: boolean): boolean {
  return listAt(project.resource.body, 'spec', list).some((item) => {
    const name = textAt(item, 'name');
    return (
      matches(textAt(item, 'kind') ?? '', resource.kind) && matches(textAt(item, 'group') ?? '', group) && (!byName || !name || matches(name, resource.name))
    );
  });
}

/** Whether kinds live in namespaces, as far as a run knows. */
const scopesOf = oncePerUniverse((universe) => kindScopes(universe.subjects.map(({ groupKind, resource: { body } }) => ({ groupKind, body }))));

/** Whether a resource lives in a namespace; undefined where that is not known. */
export function scopeOf({ groupKind }: Subject, universe: Universe): KindScope | undefined {
  return scopesOf(universe)(groupKind);
}

/** The namespace that a resource lands in when an Application delivers it; undefined for what has none, or may have none. */
export function landsIn(subject: Subject, application: Subject, universe: Universe): string | undefined {
  return scopeOf(subject, universe) === 'namespace' ? (subject.resource.namespace ?? destinationNamespace(application)) : undefined;
}
