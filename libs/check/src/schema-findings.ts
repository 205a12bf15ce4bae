import { posix, relative } from 'node:path';

import type { ApiVerdict } from '@millrace/apiserver';

import { AcceptedResources } from './accepted-resources.js';
import type { CheckOptions } from './check-options.js';
import { DefinitionFields } from './definition-fields.js';
import { definitionsFor, type Definitions } from './definitions.js';
import type { ResourceOffence } from './judge.js';
import { ruleById } from './rules/by-id.js';
import type { RunSources } from './run-sources.js';
import { schemaOffences } from './schema-offences.js';
import { keepOverlays, type BuiltOverlay } from './sources/build-overlays.js';
import { OverlayCache } from './sources/overlay-cache.js';
import { posixPath } from './sources/repository.js';
import type { Disk } from './sources/disk.js';
import type { Subject } from './subject.js';
import { validate } from './validate.js';

/** What the API server's code says of a run's resources; what it took is kept for the next run. */
export async function schemaFindings(sources: RunSources, { folder, onProgress = () => undefined }: CheckOptions): Promise<readonly ResourceOffence[]> {
  const { disk, surroundings, subjects, overlays, built, kept, scopeOf, platformOf } = sources;
  const definitions = definitionsFor(disk, subjects, schemasFolder(disk, folder, surroundings.settings, surroundings.isRepository));
  const accepted = new Map<Definitions, AcceptedResources>();
  const acceptedOf = (of: Definitions): AcceptedResources => {
    const known = accepted.get(of);
    if (known !== undefined) return known;
    const made = new AcceptedResources(kept === undefined ? undefined : new OverlayCache(kept), of.digest);
    accepted.set(of, made);
    return made;
  };
  const verdicts = await validate(definitions, subjects, { overlays: built, accepted: acceptedOf }, (done, total) =>
    onProgress('Validating resources', done, total),
  );
  for (const made of accepted.values()) made.keep();
  if (kept !== undefined) {
    const digestOf = (overlay: string): string => definitions({ platform: platformOf(overlay), scope: scopeOf(overlay) }).digest;
    keepOverlays(overlays, withVerdicts(built, subjects, verdicts, digestOf), new OverlayCache(kept));
  }
  const fields = new DefinitionFields((of) => definitions(of).source);
  return subjects.flatMap((subject, index) => {
    const verdict = verdicts[index];
    const offences = verdict === undefined ? [] : schemaOffences(subject, verdict, fields);
    return offences.map(([id, offence]): ResourceOffence => ({ rule: ruleById(id), subject, offence }));
  });
}

/** Where people put definitions: beside millrace.yaml, else at the repository's root, else where the run was started. From the disk's root. */
function schemasFolder(disk: Disk, folder: string, settings: string | undefined, isRepository: boolean): string {
  const beside = settings ?? (isRepository ? '.' : posixPath(relative(disk.root, folder)));
  return posix.join(beside, 'schemas');
}

/** What was built with the verdicts on it, to be kept for the next run. */
function withVerdicts(
  built: ReadonlyMap<string, BuiltOverlay>,
  subjects: readonly Subject[],
  verdicts: readonly ApiVerdict[],
  digestOf: (overlay: string) => string,
): ReadonlyMap<string, BuiltOverlay> {
  const answers = new Map<string, ApiVerdict[]>([...built.keys()].map((overlay) => [overlay, []]));
  for (const [index, { origin }] of subjects.entries()) {
    const verdict = verdicts[index];
    if (origin.kind === 'overlay' && verdict !== undefined) answers.get(origin.overlay)?.push(verdict);
  }
  return new Map(
    [...built].map(([overlay, made]) => {
      const definitions = digestOf(overlay);
      return [overlay, made.verdicts?.definitions === definitions ? made : { ...made, verdicts: { definitions, answers: answers.get(overlay) ?? [] } }];
    }),
  );
}
