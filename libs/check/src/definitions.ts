import { createHash } from 'node:crypto';
import { posix } from 'node:path';

import { definitionsOf, layered, schemaSet, type DefinitionSource } from '@millrace/apiserver';
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

/**
 * The definitions of a run, by platform: those among its own resources first, then those of the schemas/ folder, then the platform's.
 * A platform's are read when something is first looked up in them.
 * @param schemas the folder of definitions that people added, from the disk's root; undefined where there can be none
 */
export function definitionsFor(disk: Disk, subjects: readonly Subject[], schemas: string | undefined): (platform: PlatformName) => Definitions {
  const own = subjects.filter(isDefinition).map(({ resource }) => toJson(resource.body));
  const added = schemas === undefined ? [] : definitionsUnder(disk, schemas);
  const digest = createHash('sha256');
  for (const text of [...own, ...added]) digest.update('\n').update(text);
  const ofRun = [definitionsOf(own), definitionsOf(added)];
  const known = new Map<PlatformName, Definitions>();
  return (platform) => {
    let found = known.get(platform);
    if (found === undefined)
      known.set(platform, (found = { source: layered(...ofRun, schemaSet(platform)), digest: digest.copy().update(platform).digest('hex') }));
    return found;
  };
}

/** Every definition in the YAML and JSON files of a folder, as JSON. */
export function definitionsUnder(disk: Disk, folder: string): readonly string[] {
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
