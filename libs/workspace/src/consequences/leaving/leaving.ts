import { mergedResources } from '@millrace/manifests';
import { fieldOf, type Workspace } from '@millrace/model';

import { textsOf, type Changes } from '../../changes.js';
import { editedFiles } from '../../files/edited.js';
import type { Files } from '../../files/files.js';
import { overlaySources } from '../overlay-sources.js';

/** A Kafka or an Application that is there as things are, and not once changes are made. */
export interface Leaving {
  readonly environment: string;
  /** `left behind`: an Application that nobody prunes, for the root that made it has gone too. */
  readonly kind: 'Kafka' | 'Application' | 'left behind';
  /** As people call it: a Kafka with its namespace. */
  readonly name: string;
}

const KAFKA_OVERLAY = /^(environments\/[^/]+\/kafka(?:-[^/]+)?)\//;
const APPLICATION = /^environments\/([^/]+)\/argocd\/(?:platform|pipelines)\/[^/]+\.yaml$/;
const CASCADES = 'resources-finalizer.argocd.argoproj.io';

/**
 * The Kafkas and the Applications that changes take away, whoever made them. One that is called otherwise from then on is another one:
 * Strimzi and Argo CD know nothing of a rename. Of an environment that goes as a whole nothing does: its roots go with it, and no commit
 * removes what they made.
 */
export function leaving(files: Files, changes: Changes, { environments }: Workspace): readonly Leaving[] {
  return [...leavingKafkas(files, changes), ...leavingApplications(changes)].filter(({ environment }) => environments.has(environment));
}

function leavingKafkas(files: Files, changes: Changes): readonly Leaving[] {
  const there = [...changes.update, ...changes.delete].map(({ path }) => path);
  const overlays = [...new Set(there.flatMap((path) => KAFKA_OVERLAY.exec(path)?.[1] ?? []))].sort();
  const after = editedFiles(files, textsOf(changes));
  const now = new Set(overlays.flatMap((overlay) => kafkasOf(after, overlay)).map(keyOf));
  return overlays.flatMap((overlay) => kafkasOf(files, overlay)).filter((kafka) => !now.has(keyOf(kafka)));
}

function kafkasOf(files: Files, overlay: string): readonly Leaving[] {
  const { namespace, texts } = overlaySources((path) => files.read(path), overlay, 'Kafka');
  const environment = overlay.split('/')[1] ?? '';
  return mergedResources(texts).flatMap(({ kind, name }) => (kind === 'Kafka' ? [{ environment, kind, name: `${namespace ?? ''}/${name}` }] : []));
}

function leavingApplications({ create, update, delete: gone }: Changes): readonly Leaving[] {
  const applications = (path: string, text: string | undefined): readonly Leaving[] => {
    const environment = APPLICATION.exec(path)?.[1];
    if (environment === undefined || text === undefined) return [];
    return mergedResources([text]).flatMap(({ kind, name, body }) => {
      const finalizers = fieldOf(body, 'metadata', 'finalizers');
      if (kind !== 'Application' || !Array.isArray(finalizers) || !finalizers.includes(CASCADES)) return [];
      // Its name begins with that of its environment: another one is what the folder was called when its root was applied.
      return [{ environment, kind: name.startsWith(`${environment}.`) ? kind : 'left behind', name }];
    });
  };
  const now = new Set([...create, ...update].flatMap(({ path, text }) => applications(path, text)).map(({ name }) => name));
  return [...update, ...gone].flatMap(({ path, before }) => applications(path, before)).filter(({ name }) => !now.has(name));
}

function keyOf({ environment, name }: Leaving): string {
  return `${environment} ${name}`;
}
