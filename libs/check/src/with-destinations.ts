import { posix } from 'node:path';

import { mapAt, textAt } from './field.js';
import { kindScopes } from './kind-scope.js';
import { APPLICATION } from './kinds.js';
import { chartNameOf, destinationNamespace, isOwn, sourcesOf, withFoldersAbove, type OwnRepository } from './rules/argocd/applications.js';
import type { Subject } from './subject.js';

/**
 * Gives resources without a namespace the one that the Application which delivers them names: Argo CD does the same.
 * Resources that no Application of the run delivers stay as they are, and so do those that several deliver into different namespaces.
 * The order stays.
 * @param run of which repository the resources are
 */
export function withDestinations(subjects: readonly Subject[], run: OwnRepository): readonly Subject[] {
  const namespaceOf = deliveredInto(
    subjects.filter(({ groupKind }) => groupKind === APPLICATION),
    run,
  );
  if (namespaceOf === undefined) return subjects;
  const scopeOf = kindScopes(subjects.map(({ groupKind, resource: { body } }) => ({ groupKind, body })));
  return subjects.map((subject) => {
    if (subject.namespace !== undefined) return subject;
    // Of a kind that nobody here knows, the name says most: a namespace that is not known agrees with all.
    const scope = scopeOf(subject.groupKind) ?? (subject.resource.kind.startsWith('Cluster') ? undefined : 'namespace');
    const namespace = scope === 'namespace' ? namespaceOf(subject) : undefined;
    return namespace === undefined ? subject : { ...subject, namespace };
  });
}

/** Which namespaces Applications name for what a folder has. */
type Named = Map<string, Set<string | undefined>>;

/** The one namespace that Applications deliver a resource into; undefined where there is none to find. */
function deliveredInto(applications: readonly Subject[], run: OwnRepository): ((subject: Subject) => string | undefined) | undefined {
  const direct: Named = new Map();
  const below: Named = new Map();
  for (const application of applications) {
    // Without a namespace an Application says nothing; one that is filled in later may be any.
    if (!textAt(application.resource.body, 'spec', 'destination', 'namespace')) continue;
    for (const source of sourcesOf(application)) {
      if (source.folder === undefined || chartNameOf(source) !== undefined || isOwn(source, run) === false) continue;
      const written = mapAt(application.resource.body, ...source.at);
      // A chart or a plugin makes other resources than those that lie in its folder.
      if (['helm', 'plugin'].some((field) => Object.keys(mapAt(written, field)).length > 0)) continue;
      const namespace = textAt(written, 'kustomize', 'namespace') ?? destinationNamespace(application);
      add(direct, source.folder, namespace);
      if (source.recurse) add(below, source.folder, namespace);
    }
  }
  if (direct.size === 0) return undefined;
  return ({ origin }) => {
    const folder = origin.kind === 'overlay' ? origin.overlay : posix.dirname(origin.file);
    const parents = origin.kind === 'file' && below.size > 0 ? withFoldersAbove(folder) : [];
    const named = new Set([...(direct.get(folder) ?? []), ...parents.flatMap((parent) => [...(below.get(parent) ?? [])])]);
    return named.size === 1 ? [...named][0] : undefined;
  };
}

function add(named: Named, folder: string, namespace: string | undefined): void {
  named.set(folder, (named.get(folder) ?? new Set()).add(namespace));
}
