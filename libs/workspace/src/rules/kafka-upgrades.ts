import { environmentFile, fieldOf, type Problem } from '@millrace/model';
import { parse } from 'yaml';

import type { Changes } from '../changes.js';

const KAFKA = /^environments\/([^/]+)\/kafka[^/]*\/kafka\.yaml$/;

/**
 * Kafka clusters that would be upgraded in one step with what has to come before: with their operator (R21), or version and metadata
 * version at once (R5). `millrace platform` pins what runs; who edits `platform` by hand is told. Nothing is read but what changes.
 */
export function kafkaUpgrades({ update }: Changes): readonly Problem[] {
  const texts = new Map(update.map(({ path, text, before }) => [path, { text, before }]));
  return update.flatMap(({ path, text, before }): readonly Problem[] => {
    const environment = KAFKA.exec(path)?.[1];
    if (environment === undefined || before === undefined) return [];
    const [was, now] = [versionsOf(before), versionsOf(text)];
    const changed = (['version', 'metadataVersion'] as const).filter((key) => was[key] !== undefined && was[key] !== now[key]);
    const definitions = texts.get(`environments/${environment}/argocd/platform/definitions-strimzi.yaml`);
    const withOperator = definitions !== undefined && revisionOf(definitions.before ?? '') !== revisionOf(definitions.text);
    if (changed.length === 0 || (changed.length === 1 && !withOperator)) return [];
    const file = environmentFile(environment);
    const steps = changed.map((key) => `${key} from ${was[key] ?? ''} to ${now[key] ?? ''}`).join(' and ');
    return [
      {
        file,
        message: `${path} changes ${steps} ${withOperator ? 'together with Strimzi, which is upgraded first, Kafka after it (R21)' : 'at once: the version is first, and runs for a while (R5)'}`,
        remedy: `Pin what runs now in ${file}, as millrace platform does (${changed.map((key) => `${key}: "${was[key] ?? ''}"`).join(', ')}), and take it out in commits of their own.`,
      },
    ];
  });
}

function versionsOf(text: string): { readonly version: string | undefined; readonly metadataVersion: string | undefined } {
  const spec = fieldOf(parsed(text), 'spec', 'kafka');
  const [version, metadataVersion] = ['version', 'metadataVersion'].map((key) => fieldOf(spec, key));
  return { version: typeof version === 'string' ? version : undefined, metadataVersion: typeof metadataVersion === 'string' ? metadataVersion : undefined };
}

function revisionOf(text: string): unknown {
  return fieldOf(parsed(text), 'spec', 'source', 'targetRevision');
}

/** What a person made unreadable is refused elsewhere. */
function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
