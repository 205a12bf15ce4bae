import { createHash } from 'node:crypto';
import { posix } from 'node:path';

import { definitionsOf, layered, schemaSet, schemaSetDigest, type DefinitionSource } from '@millrace/apiserver';
import type { PlatformName } from '@millrace/model';
import { stringify } from 'yaml';

import { textAt } from './field.js';
import type { Disk } from './sources/disk.js';
import { toJson } from './sources/json.js';
import { readManifests } from './sources/read-manifests.js';
import type { Subject } from './subject.js';

const DEFINITION = 'apiextensions.k8s.io/CustomResourceDefinition';

/** The definitions that a run's resources are validated against. */
export interface Definitions {
  readonly source: DefinitionSource;
  /** Changes when any of them does. */
  readonly digest: string;
}

/** What decides which definitions a resource is validated against. */
export type DefinedFor = Pick<Subject, 'platform' | 'scope'>;

/**
 * The definitions of a run, by what they are for: those among the resources of the same scope first, then those that belong to no
 * environment, those of the schemas/ folder, the platform's; and at last those of other environments, which may share a cluster. Two
 * environments may have definitions of one kind that differ.
 * A platform's are read when something is first looked up in them.
 * @param schemas the folder of definitions that people added, from the disk's root; undefined where there can be none
 * @returns the same value for all that have the same definitions
 */
export function definitionsFor(disk: Disk, subjects: readonly Subject[], schemas: string | undefined): (of: DefinedFor) => Definitions {
  const own = new Map<string, string[]>();
  for (const { resource, scope } of subjects.filter(isDefinition)) own.set(scope, [...(own.get(scope) ?? []), toJson(resource.body)]);
  const added = schemas === undefined ? [] : definitionsUnder(disk, schemas);
  const known = new Map<string, Definitions>();
  return ({ platform, scope }) => {
    const here = own.has(scope) ? scope : '';
    const key = `${platform}\n${here}`;
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = made(platform, here)));
    return found;
  };

  function made(platform: PlatformName, scope: string): Definitions {
    const shared = scope === '' ? [] : (own.get('') ?? []);
    const elsewhere = [...own].flatMap(([other, texts]) => (other === scope || other === '' ? [] : texts));
    const layers = [own.get(scope) ?? [], shared, added];
    const digest = createHash('sha256').update(`${platform}\n${schemaSetDigest(platform)}`);
    for (const texts of [...layers, elsewhere]) digest.update('\n\n').update(texts.join('\n'));
    return {
      source: layered(...layers.map(definitionsOf), schemaSet(platform), definitionsOf(elsewhere)),
      digest: digest.digest('hex'),
    };
  }
}

/** Every definition in the YAML and JSON files of a folder, as JSON. */
function definitionsUnder(disk: Disk, folder: string): readonly string[] {
  if (disk.kind(folder) !== 'folder') return [];
  const listing = disk.folder(folder);
  if (listing.kind === 'unreadable') return [];
  return listing.entries.flatMap(({ name, kind }) => {
    const path = posix.join(folder, name);
    if (kind === 'folder') return definitionsUnder(disk, path);
    return /\.(?:ya?ml|json)$/.test(name) ? definitionsIn(path, disk.read(path) ?? '') : [];
  });
}

/** Every definition of a file's text, as JSON. */
function definitionsIn(file: string, text: string): readonly string[] {
  return definitionSubjects(file, text).map(({ resource }) => toJson(resource.body));
}

function definitionSubjects(file: string, text: string): readonly Subject[] {
  const reading = readManifests(file, text);
  return reading.kind === 'manifests' ? reading.subjects.filter(isDefinition) : [];
}

/**
 * The files that hold a text's definitions in schemas/: only what validation needs, without what a cluster adds.
 * @param file what to call the text where it is wrong
 * @returns group and YAML by path
 */
export function definitionFiles(file: string, text: string): ReadonlyMap<string, { readonly group: string; readonly yaml: string }> {
  return new Map(
    definitionSubjects(file, text).flatMap(({ resource: { apiVersion, kind, name, body } }) => {
      // A name that is a path would be written elsewhere; the API server takes none that is not plural.group.
      if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name)) return [];
      const yaml = stringify({ apiVersion, kind, metadata: { name }, spec: body['spec'] }, { lineWidth: 0 });
      return [[`schemas/${name}.yaml`, { group: textAt(body, 'spec', 'group') ?? '', yaml }]];
    }),
  );
}

/** Whether a resource is a definition that says of which kind; one in a version that is gone defines nothing. */
function isDefinition({ groupKind, resource: { apiVersion, body } }: Subject): boolean {
  return (
    groupKind === DEFINITION &&
    apiVersion === 'apiextensions.k8s.io/v1' &&
    textAt(body, 'spec', 'names', 'kind') !== undefined &&
    textAt(body, 'spec', 'group') !== undefined
  );
}
