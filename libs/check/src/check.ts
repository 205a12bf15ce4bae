import { posix, relative, resolve } from 'node:path';

import type { ApiVerdict } from '@millrace/apiserver';
import { MILLRACE_FILE, MillraceError, newestPlatform, type PlatformName } from '@millrace/model';

import { AcceptedResources } from './accepted-resources.js';
import { DefinitionFields } from './definition-fields.js';
import { definitionsFor, type Definitions } from './definitions.js';
import { millraceDrafts, overlayDrafts } from './drafts.js';
import { formatPath } from './field.js';
import { isAsked, judge, judgeKustomization, withoutEchoes, type Reach, type ResourceOffence } from './judge.js';
import { Locator } from './locate/locator.js';
import { ownVersion } from './own-version.js';
import { report, type CheckReport, type Draft } from './report.js';
import { repositoryView } from './repository-view.js';
import { ruleById } from './rules/by-id.js';
import { rules } from './rules/index.js';
import { schemaOffences } from './schema-offences.js';
import { Settings } from './settings.js';
import { buildOverlays, keepOverlays, type BuiltOverlay, type Overlay } from './sources/build-overlays.js';
import { Disk } from './sources/disk.js';
import { gather } from './sources/gather.js';
import { builtAs } from './sources/kustomization.js';
import { OverlayCache } from './sources/overlay-cache.js';
import { platforms } from './sources/platforms.js';
import { readFiles, readStandardInput, STANDARD_INPUT } from './sources/read-files.js';
import { KustomizationReader } from './sources/read-kustomizations.js';
import { subjectOf } from './sources/read-manifests.js';
import { completeScopes, isBase, isWhole, posixPath, scopes, surroundingsOf, type Surroundings } from './sources/repository.js';
import type { Subject } from './subject.js';
import { Universe } from './universe.js';
import { validate } from './validate.js';
import { withDestinations } from './with-destinations.js';

export interface CheckOptions {
  /** The folder that paths are relative to, and that findings name files from. Absolute. */
  readonly folder: string;
  /** Files and folders; `-` for standard input. */
  readonly paths: readonly string[];
  /** What came in on standard input. */
  readonly standardInput?: Uint8Array;
  /** @default 'everything' */
  readonly reach?: Reach;
  /**
   * The tested set to check against, whatever environments say: the next one, before they move to it.
   * @default each environment's in a Millrace repository, the newest elsewhere
   */
  readonly platform?: PlatformName;
  /**
   * Where overlays that were built are kept for the next run.
   * @default nowhere
   */
  readonly cache?: string;
  /** Told of long work: what is done, and how much of it. */
  readonly onProgress?: (what: string, done: number, total: number) => void;
}

/**
 * Checks files, overlays and folders: all that can be said of them before they reach a cluster.
 * @throws {MillraceError} of kind `usage` where a path does not exist
 */
export async function check(options: CheckOptions): Promise<CheckReport> {
  const { folder, reach = 'everything', onProgress = () => undefined } = options;
  const named = options.paths.filter((path) => path !== '-');
  const surroundings = oneSurroundings(folder, named);
  const disk = new Disk(surroundings.root);
  const reader = new KustomizationReader(disk);
  const paths = named.map((path) => existing(disk, folder, path));
  const scopeOf = scopes(surroundings);
  const platformOf = platforms(disk, surroundings, options.platform);

  // What there is: plain files, standard input, and what overlays build to.
  const gathered = gather(disk, reader, paths, isBase(surroundings));
  const files = readFiles(disk, gathered.files, (file) => ({ scope: scopeOf(file), platform: platformOf(file) }));
  const input = options.paths.includes('-') ? readStandardInput(options.standardInput ?? new Uint8Array(), options.platform ?? newestPlatform) : undefined;
  const version = options.cache === undefined ? '' : await ownVersion();
  const cache = options.cache === undefined ? undefined : new OverlayCache<BuiltOverlay>(options.cache, version);
  const overlays = await buildOverlays(disk, gathered.roots, cache, (done, total) => onProgress('Building overlays', done, total));
  const built = judgedOverlays(overlays, reader);
  const repository = repositoryView(disk, reader, surroundings);
  const subjects = withDestinations(
    [
      ...files.subjects,
      ...(input?.subjects ?? []),
      ...[...built].flatMap(([overlay, { resources }]) =>
        resources.map(({ body }, index) => subjectOf(body, { kind: 'overlay', overlay, index }, scopeOf(overlay), platformOf(overlay))),
      ),
    ],
    { repository },
  );

  // What the API server's code says of it.
  const definitions = definitionsFor(disk, subjects, schemasFolder(disk, folder, surroundings.settings, surroundings.isRepository));
  const accepted = new Map<Definitions, AcceptedResources>();
  const acceptedOf = (of: Definitions): AcceptedResources => {
    const known = accepted.get(of);
    if (known !== undefined) return known;
    const made = new AcceptedResources(options.cache === undefined ? undefined : new OverlayCache<readonly string[]>(options.cache, `${version} ${of.digest}`));
    accepted.set(of, made);
    return made;
  };
  const verdicts = await validate(definitions, subjects, { overlays: built, accepted: acceptedOf }, (done, total) =>
    onProgress('Validating resources', done, total),
  );
  for (const kept of accepted.values()) kept.keep();
  if (cache !== undefined)
    keepOverlays(
      overlays,
      withVerdicts(built, subjects, verdicts, (overlay) => definitions({ platform: platformOf(overlay), scope: scopeOf(overlay) }).digest),
      cache,
    );
  const fields = new DefinitionFields((of) => definitions(of).source);
  const schema = subjects.flatMap((subject, index) => {
    const verdict = verdicts[index];
    const offences = verdict === undefined ? [] : schemaOffences(subject, verdict, fields);
    return offences.map(([id, offence]): ResourceOffence => ({ rule: ruleById(id), subject, offence }));
  });

  // What the rules say of it, and where a person puts it right.
  const settings = new Settings(surroundings.settings === undefined ? undefined : disk.read(posix.join(surroundings.settings, MILLRACE_FILE)));
  const asked = rules.filter((rule) => settings.severityOf(rule) !== 'off');
  const universe = new Universe(
    subjects,
    completeScopes(surroundings, new Set(subjects.map(({ scope }) => scope)), paths),
    repository,
    new Set([STANDARD_INPUT, ...gathered.single]),
  );
  const locator = new Locator(reader, (file) => (file === STANDARD_INPUT ? input?.text : disk.read(file)));
  const offences = withoutEchoes([...judge(asked, universe, reach), ...schema.filter(({ rule, subject }) => isAsked(reach, rule, subject))]);
  const drafts: Draft[] = offences.map(({ rule, subject, offence: { path, message, fix, severity } }) => ({
    rule,
    severity,
    message,
    fix,
    subject,
    path: formatPath(path),
    location: locator.ofField(subject, path),
  }));
  if (reach === 'everything' || reach === 'alone')
    drafts.push(...overlays.flatMap((overlay) => [...overlayDrafts(overlay, built.get(overlay.folder), { disk, reader, locator })]));
  if (reach === 'everything' || reach === 'together') drafts.push(...millraceDrafts(surroundings, settings, paths));
  for (const { rule, file, mark, message } of [...files.offences, ...(input?.offences ?? [])])
    drafts.push({ rule: ruleById(rule), message, location: { file, ...mark } });
  for (const { file, message } of gathered.unreadable)
    drafts.push({ rule: ruleById('yaml/unreadable'), message: `this folder cannot be read: ${message}`, location: { file, line: 1, column: 1 } });

  const done = report(drafts, {
    settings,
    settingsFolder: surroundings.settings,
    subjects,
    isWhole: reach === 'everything' && isWhole(surroundings, paths),
    isAsked: (rule, subject) => isAsked(reach, rule, subject),
    unbuilt: overlays.flatMap((overlay) => (overlay.kind === 'failed' ? [overlay.folder] : [])),
    leftOut: [...gathered.leftOut, ...files.leftOut, ...(input?.leftOut ?? [])],
  });
  return renamed(done, (file) => (file === STANDARD_INPUT ? file : posixPath(relative(folder, resolve(surroundings.root, file)))));
}

/** What all paths of a run lie in. Findings in two repositories would be about two, each with settings of its own. */
function oneSurroundings(folder: string, paths: readonly string[]): Surroundings {
  const [first = surroundingsOf(folder), ...others] = paths.map((path) => surroundingsOf(resolve(folder, path)));
  const other = others.findIndex(({ root, settings }) => root !== first.root || settings !== first.settings);
  if (other < 0) return first;
  const message = `${paths[other + 1] ?? ''} and ${paths[0] ?? ''} are not in one repository`;
  throw new MillraceError('usage', [{ message, remedy: 'Check each by itself.' }]);
}

function existing(disk: Disk, folder: string, path: string): string {
  const fromRoot = posixPath(relative(disk.root, resolve(folder, path)));
  if (disk.kind(fromRoot) !== 'absent') return fromRoot;
  throw new MillraceError('usage', [{ message: `there is no file or folder ${path}`, remedy: 'Name a file, a folder, or - for standard input.' }]);
}

/** Where people put definitions: beside millrace.yaml, else at the repository's root, else where the run was started. From the disk's root. */
function schemasFolder(disk: Disk, folder: string, settings: string | undefined, isRepository: boolean): string {
  const beside = settings ?? (isRepository ? '.' : posixPath(relative(disk.root, folder)));
  return posix.join(beside, 'schemas');
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

/** The same report with files named from another folder. */
function renamed(done: CheckReport, name: (file: string) => string): CheckReport {
  const findings = new Map(done.findings.map((finding) => [finding, { ...finding, file: name(finding.file) }]));
  return {
    ...done,
    findings: [...findings.values()],
    excepted: done.excepted.map(({ finding, reason }) => ({ finding: { ...finding, file: name(finding.file) }, reason })),
    overlaysOf: new Map([...findings].map(([before, now]) => [now, (done.overlaysOf.get(before) ?? []).map(name)])),
    leftOut: done.leftOut.map(({ file, why }) => ({ file: name(file), why })),
    unread: done.unread.map(name),
  };
}
