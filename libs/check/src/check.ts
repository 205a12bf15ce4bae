import { posix, relative, resolve } from 'node:path';

import { MILLRACE_FILE, MillraceError } from '@millrace/model';

import { AcceptedResources } from './accepted-resources.js';
import { definitionsFor } from './definitions.js';
import { formatPath, hasField } from './field.js';
import { judge, judgeKustomization, withoutEchoes, type Reach, type ResourceOffence } from './judge.js';
import { Locator } from './locate/locator.js';
import { millraceOffences } from './millrace-offences.js';
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
import { builtAs, layersOf } from './sources/kustomization.js';
import { OverlayCache } from './sources/overlay-cache.js';
import { readFiles, readStandardInput, STANDARD_INPUT } from './sources/read-files.js';
import { KustomizationReader } from './sources/read-kustomizations.js';
import { subjectOf } from './sources/read-manifests.js';
import { posixPath, surroundingsOf, type Surroundings } from './sources/repository.js';
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
  const surroundings = surroundingsOf(resolve(folder, named[0] ?? '.'));
  const disk = new Disk(surroundings.root);
  const reader = new KustomizationReader(disk);
  const paths = named.map((path) => existing(disk, folder, path));

  const gathered = gather(disk, reader, paths, isBase(surroundings));
  const scopeOf = scopes(surroundings);
  const files = readFiles(disk, gathered.files, scopeOf);
  const input = options.paths.includes('-') ? readStandardInput(options.standardInput ?? new Uint8Array()) : undefined;

  const version = options.cache === undefined ? '' : await ownVersion();
  const cache = options.cache === undefined ? undefined : new OverlayCache<BuiltOverlay>(options.cache, version);
  const overlays = await buildOverlays(disk, gathered.roots, cache, (done, total) => onProgress('Building overlays', done, total));
  const made = new Map(overlays.flatMap((overlay) => (overlay.kind === 'built' ? [[overlay.folder, judged(overlay.folder, overlay.entry.made, reader)]] : [])));
  const subjects = withDestinations([
    ...files.subjects,
    ...(input?.subjects ?? []),
    ...[...made].flatMap(([overlay, { resources }]) =>
      resources.map(({ body }, index) => subjectOf(body, { kind: 'overlay', overlay, index }, scopeOf(overlay))),
    ),
  ]);

  const definitions = definitionsFor(disk, subjects, surroundings.settings && posix.join(surroundings.settings, 'schemas'));
  const accepted = new AcceptedResources(
    options.cache === undefined ? undefined : new OverlayCache<readonly string[]>(options.cache, `${version} ${definitions.digest}`),
  );
  const verdicts = await validate(definitions, subjects, { overlays: made, accepted }, (done, total) => onProgress('Validating resources', done, total));
  accepted.keep();
  const schema = subjects.flatMap((subject, index) => {
    const verdict = verdicts[index];
    if (verdict === undefined || (reach === 'together' && subject.origin.kind === 'overlay')) return [];
    return schemaOffences(subject, verdict).map(([id, offence]): ResourceOffence => ({ rule: ruleById(id), subject, offence }));
  });
  if (cache !== undefined) {
    for (const [index, { origin }] of subjects.entries()) {
      const overlay = origin.kind === 'overlay' ? made.get(origin.overlay) : undefined;
      const verdict = verdicts[index];
      if (origin.kind !== 'overlay' || overlay === undefined || verdict === undefined || origin.index > 0) continue;
      if (overlay.verdicts?.definitions === definitions.digest) continue;
      const answers = verdicts.slice(index, index + overlay.resources.length);
      made.set(origin.overlay, { ...overlay, verdicts: { definitions: definitions.digest, answers } });
    }
    keepOverlays(overlays, made, cache);
  }

  const settings = new Settings(surroundings.settings === undefined ? undefined : disk.read(posix.join(surroundings.settings, MILLRACE_FILE)));
  const asked = rules.filter((rule) => settings.severityOf(rule) !== 'off');
  const universe = new Universe(
    subjects,
    completeScopes(
      surroundings,
      subjects.map(({ scope }) => scope),
      paths,
    ),
    repositoryView(disk, reader, surroundings),
  );
  const locator = new Locator(reader, (file) => (file === STANDARD_INPUT ? input?.text : disk.read(file)));
  const drafts: readonly Draft[] = [
    ...withoutEchoes([...judge(asked, universe, reach), ...schema]).map(({ rule, subject, offence: { path, message, fix } }): Draft => ({
      rule,
      message,
      fix,
      subject,
      path: formatPath(path),
      location: locator.ofField(subject, path),
    })),
    ...(reach === 'together' ? [] : overlays.flatMap((overlay) => [...overlayDrafts(overlay, made, reader, locator)])),
    ...[...files.offences, ...(input?.offences ?? [])].map(({ rule, file, mark, message }): Draft => ({
      rule: ruleById(rule),
      message,
      location: { file, ...mark },
    })),
    ...gathered.unreadable.map(({ file, message }): Draft => ({
      rule: ruleById('yaml/unreadable'),
      message: `this folder cannot be read: ${message}`,
      location: { file, line: 1, column: 1 },
    })),
    ...(reach === 'alone' ? [] : millraceDrafts(surroundings, paths)),
  ];
  const leftOut = [...gathered.leftOut, ...files.leftOut, ...(input?.leftOut ?? [])];
  const done = report(drafts, {
    settings,
    settingsFolder: surroundings.settings,
    subjects,
    isWhole: paths.includes('.'),
    unbuilt: overlays.flatMap((overlay) => (overlay.kind === 'failed' ? [overlay.folder] : [])),
    leftOut,
  });
  return renamed(done, (file) => (file === STANDARD_INPUT ? file : posixPath(relative(folder, resolve(surroundings.root, file)))));
}

function existing(disk: Disk, folder: string, path: string): string {
  const fromRoot = posixPath(relative(disk.root, resolve(folder, path)));
  if (!fromRoot.startsWith('..') && disk.kind(fromRoot) !== 'absent') return fromRoot;
  const message = fromRoot.startsWith('..') ? `${path} is not in the repository of the first path` : `there is no file or folder ${path}`;
  throw new MillraceError('usage', [{ message, remedy: 'Name a file, a folder, or - for standard input.' }]);
}

/** In a Millrace repository, what is under apps/ is made to be built by the overlays of the environments. */
function isBase({ isMillrace, settings }: Surroundings): (folder: string) => boolean {
  const apps = posix.join(settings ?? '.', 'apps');
  return (folder) => isMillrace && folder.startsWith(`${apps}/`);
}

/** The environment that a path of a Millrace repository lies in; nothing tells them apart elsewhere. */
function scopes({ isMillrace, settings }: Surroundings): (path: string) => string {
  const environments = `${posix.join(settings ?? '.', 'environments')}/`;
  return (path) => (isMillrace && path.startsWith(environments) ? (path.slice(environments.length).split('/')[0] ?? '') : '');
}

/** The environments that a run has all of. */
function completeScopes({ isMillrace, settings = '.' }: Surroundings, scopesOfRun: readonly string[], paths: readonly string[]): ReadonlySet<string> {
  if (!isMillrace) return new Set();
  const whole = [settings, posix.join(settings, 'environments')];
  return new Set(
    [...new Set(scopesOfRun)].filter(
      (scope) => scope !== '' && paths.some((path) => path === '.' || whole.includes(path) || path === posix.join(settings, 'environments', scope)),
    ),
  );
}

/** An overlay with what the kustomization rules find in it. */
function judged(folder: string, overlay: BuiltOverlay, reader: KustomizationReader): BuiltOverlay {
  const kustomization = overlay.offences === undefined ? reader.read(folder) : undefined;
  return kustomization === undefined ? overlay : { ...overlay, offences: judgeKustomization(rules, builtAs(kustomization, overlay.resources)) };
}

function* overlayDrafts(overlay: Overlay, made: ReadonlyMap<string, BuiltOverlay>, reader: KustomizationReader, locator: Locator): Generator<Draft> {
  const kustomization = reader.read(overlay.folder);
  const failed = overlay.kind === 'failed';
  const offences = failed ? (kustomization === undefined ? [] : judgeKustomization(rules, kustomization)) : (made.get(overlay.folder)?.offences ?? []);
  for (const [id, { file, document = 0, path, message, fix }] of offences) {
    yield { rule: ruleById(id), message, fix, overlay: overlay.folder, path: formatPath(path), location: locator.ofFile(file, document, path) };
  }
  // What keeps it from building was told in our own words where a rule knows it.
  if (failed && !offences.some(([id]) => stopsBuild(id))) {
    const fields = optionsOf(overlay.message);
    const layer = kustomization && layersOf(kustomization).find(({ body }) => fields?.some((field) => hasField(body, field)));
    const field = fields?.find((name) => layer !== undefined && hasField(layer.body, name));
    const file = layer?.file ?? kustomization?.file ?? overlay.folder;
    yield {
      ...(fields === undefined
        ? { rule: ruleById('kustomize/overlay-builds'), message: `this overlay does not build: ${overlay.message}` }
        : { rule: ruleById('kustomize/build-options'), message: 'this overlay was not built: it needs helm or a plugin, which are not run here' }),
      overlay: overlay.folder,
      location: field === undefined ? { file, line: 1, column: 1 } : locator.ofFile(file, 0, [field]),
    };
  }
}

/** The fields that take an option of kustomize's, where an overlay fails for want of it; undefined where it fails for another reason. */
function optionsOf(message: string): readonly string[] | undefined {
  if (message.includes('must specify --enable-helm')) return ['helmCharts', 'helmChartInflationGenerator'];
  return message.includes('external plugins disabled') ? ['generators', 'transformers', 'validators'] : undefined;
}

function stopsBuild(id: string): boolean {
  const rule = ruleById(id);
  return rule.reach === 'kustomization' && rule.stopsBuild === true;
}

/** What Millrace knows of its own files, as far as the run's paths reach. */
function millraceDrafts({ isMillrace, settings, root }: Surroundings, paths: readonly string[]): readonly Draft[] {
  if (!isMillrace || settings === undefined || paths.length === 0) return [];
  const reached = (file: string): boolean => paths.some((path) => path === '.' || path === settings || file === path || file.startsWith(`${path}/`));
  return millraceOffences(resolve(root, settings)).flatMap(({ rule, problem: { file = MILLRACE_FILE, position, message, remedy } }) => {
    const path = posix.join(settings, file);
    // What is wrong with a declared file keeps everything from being made, whatever was asked for.
    if (rule !== 'millrace/declared-file' && !reached(path)) return [];
    return [{ rule: ruleById(rule), message, fix: remedy, location: { file: path, line: position?.line ?? 1, column: position?.column ?? 1 } }];
  });
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
  };
}
