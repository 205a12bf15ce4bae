import { relative, resolve } from 'node:path';

import { misused, newestPlatform, type PlatformName } from '@millrace/model';

import type { CheckOptions } from './check-options.js';
import { judgeKustomization } from './judge.js';
import { ownVersion } from './own-version.js';
import { repositoryView } from './repository-view.js';
import { rules } from './rules/index.js';
import { buildOverlays, type BuiltOverlay, type Overlay } from './sources/build-overlays.js';
import { Disk } from './sources/disk.js';
import { gather, type Gathered } from './sources/gather.js';
import { builtAs } from './sources/kustomization.js';
import { OverlayCache } from './sources/overlay-cache.js';
import { platforms } from './sources/platforms.js';
import { readFiles, readStandardInput, type FilesRead } from './sources/read-files.js';
import { KustomizationReader } from './sources/read-kustomizations.js';
import { subjectOf } from './sources/read-manifests.js';
import { isBase, posixPath, scopes, surroundingsOf, type Surroundings } from './sources/repository.js';
import { versionFolder } from './sources/version-folder.js';
import type { Subject } from './subject.js';
import type { RepositoryView } from './universe.js';
import { withDestinations } from './with-destinations.js';

/** What there is to check, before anybody has judged it. */
export interface RunSources {
  readonly surroundings: Surroundings;
  readonly disk: Disk;
  readonly reader: KustomizationReader;
  /** The paths of the run, from the disk's root. */
  readonly paths: readonly string[];
  readonly scopeOf: (path: string) => string;
  readonly platformOf: (path: string) => PlatformName;
  readonly gathered: Gathered;
  readonly files: FilesRead;
  readonly input: ReturnType<typeof readStandardInput> | undefined;
  readonly overlays: readonly Overlay[];
  /** What could be built, by overlay. */
  readonly built: ReadonlyMap<string, BuiltOverlay>;
  readonly repository: RepositoryView | undefined;
  /** Every resource: of files, of standard input, of what overlays build to. */
  readonly subjects: readonly Subject[];
  /** Where results are kept for the next run; undefined where nothing is kept. */
  readonly kept: string | undefined;
}

/**
 * Reads all that a run looks at: plain files, standard input, and what overlays build to.
 * @throws {MillraceError} of kind `usage` where a path does not exist, or where two are of different repositories
 */
export async function readSources(options: CheckOptions): Promise<RunSources> {
  const { folder, onProgress = () => undefined } = options;
  const named = options.paths.filter((path) => path !== '-');
  const surroundings = oneSurroundings(folder, named);
  const disk = new Disk(surroundings.root);
  const reader = new KustomizationReader(disk);
  const paths = named.map((path) => existing(disk, folder, path));
  const scopeOf = scopes(surroundings);
  const platformOf = platforms(disk, surroundings, options.platform);
  const gathered = gather(disk, reader, paths, isBase(surroundings));
  const files = readFiles(disk, gathered.files, (file) => ({ scope: scopeOf(file), platform: platformOf(file) }));
  const input = options.paths.includes('-') ? readStandardInput(options.standardInput ?? new Uint8Array(), options.platform ?? newestPlatform) : undefined;
  const kept = options.cache === undefined ? undefined : versionFolder(options.cache, await ownVersion());
  const overlays = await buildOverlays(disk, gathered.roots, kept === undefined ? undefined : new OverlayCache(kept), (done, total) =>
    onProgress('Building overlays', done, total),
  );
  const built = judgedOverlays(overlays, reader);
  const repository = repositoryView(disk, reader, surroundings);
  const ofOverlays = [...built].flatMap(([overlay, { resources }]) =>
    resources.map(({ body }, index) => subjectOf(body, { kind: 'overlay', overlay, index }, scopeOf(overlay), platformOf(overlay))),
  );
  const subjects = withDestinations([...files.subjects, ...(input?.subjects ?? []), ...ofOverlays], { repository });
  return { surroundings, disk, reader, paths, scopeOf, platformOf, gathered, files, input, overlays, built, repository, subjects, kept };
}

/** What all paths of a run lie in. Findings in two repositories would be about two, each with settings of its own. */
function oneSurroundings(folder: string, paths: readonly string[]): Surroundings {
  const [first = surroundingsOf(folder), ...others] = paths.map((path) => surroundingsOf(resolve(folder, path)));
  const other = others.findIndex(({ root, settings }) => root !== first.root || settings !== first.settings);
  if (other < 0) return first;
  const message = `${paths[other + 1] ?? ''} and ${paths[0] ?? ''} are not in one repository`;
  throw misused(message, 'Check each by itself.');
}

function existing(disk: Disk, folder: string, path: string): string {
  const fromRoot = posixPath(relative(disk.root, resolve(folder, path)));
  if (disk.kind(fromRoot) !== 'absent') return fromRoot;
  throw misused(`there is no file or folder ${path}`, 'Name a file, a folder, or - for standard input.');
}

/** What was built, by overlay, with what the rules of kustomizations find in it. */
function judgedOverlays(overlays: readonly Overlay[], reader: KustomizationReader): ReadonlyMap<string, BuiltOverlay> {
  const judged = new Map<string, BuiltOverlay>();
  for (const overlay of overlays) {
    if (overlay.kind === 'failed') continue;
    const { made } = overlay.entry;
    const kustomization = made.offences === undefined ? reader.read(overlay.folder) : undefined;
    judged.set(overlay.folder, kustomization === undefined ? made : { ...made, offences: judgeKustomization(rules, builtAs(kustomization, made.resources)) });
  }
  return judged;
}
