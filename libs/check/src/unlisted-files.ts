import { posix } from 'node:path';

import { readProvenance } from '@millrace/model';

import { textsAt } from './field.js';
import { foldersAbove } from './folders-above.js';
import { APPLICATION, APPLICATION_SET, APP_PROJECT } from './kinds.js';
import type { Draft } from './report.js';
import { unlistedFile } from './rules/kustomize/unlisted-file.js';
import type { RunSources } from './run-sources.js';
import { isPatch, wordsOf } from './sources/gather.js';
import type { Kustomization } from './sources/kustomization.js';
import type { KustomizationReader } from './sources/read-kustomizations.js';
import type { Subject } from './subject.js';

/** What makes the clusters apply a folder, the one it lies in often: somebody applies it by hand, or another of its kind does. */
const APPLIES_OTHERS: ReadonlySet<string> = new Set([APPLICATION, APPLICATION_SET, APP_PROJECT, 'kustomize.toolkit.fluxcd.io/Kustomization']);

/**
 * Files of resources beside a kustomization that no kustomization lists, each at its first resource. Only those of their own folder and
 * of the folders above can: kustomize reads no file outside of its root.
 */
export function* unlistedFiles({ files, disk, reader }: Pick<RunSources, 'files' | 'disk' | 'reader'>): Generator<Draft & { readonly subject: Subject }> {
  const mentions = new Map<string, ReadonlySet<string>>();
  const mentionedIn = (folder: string): ReadonlySet<string> => {
    const kustomization = reader.read(folder);
    const known = mentions.get(folder) ?? new Set(kustomization === undefined ? [] : mentionedBy(kustomization, reader));
    mentions.set(folder, known);
    return known;
  };
  const fileOf = ({ origin }: Subject): string => (origin.kind === 'file' ? origin.file : '');
  const done = new Set(files.subjects.filter(({ groupKind }) => APPLIES_OTHERS.has(groupKind)).map(fileOf));
  for (const subject of files.subjects) {
    const file = fileOf(subject);
    if (done.has(file)) continue;
    done.add(file);
    if (reader.read(posix.dirname(file)) === undefined || isPatch(file)) continue;
    if (['.', ...foldersAbove(file)].some((folder) => mentionedIn(folder).has(file))) continue;
    // One that Millrace made, and makes no more, is stale: sync removes it.
    if (readProvenance(disk.read(file) ?? '').kind !== 'foreign') continue;
    yield { rule: unlistedFile, subject, message: 'no kustomization lists this file: nothing applies it', location: { file, line: 1, column: 1 } };
  }
}

/** Every file that a kustomization names, and what is named by what it configures plugins with: a generator's encrypted files. */
function* mentionedBy({ folder, body }: Kustomization, reader: KustomizationReader): Generator<string> {
  for (const word of wordsOf(body)) yield posix.join(folder, word);
  for (const entry of ['generators', 'transformers', 'validators'].flatMap((field) => textsAt(body, field))) {
    for (const { body: configuration } of reader.documents(posix.join(folder, entry))) {
      for (const word of wordsOf(configuration)) yield posix.join(folder, word);
    }
  }
}
