import { posix, resolve } from 'node:path';

import { MILLRACE_FILE } from '@millrace/model';

import { formatPath, hasField } from './field.js';
import { judgeKustomization } from './judge.js';
import type { Locator } from './locate/locator.js';
import { millraceOffences } from './millrace-offences.js';
import type { Draft } from './report.js';
import { ruleById } from './rules/by-id.js';
import { rules } from './rules/index.js';
import type { Settings } from './settings.js';
import type { BuiltOverlay, Overlay } from './sources/build-overlays.js';
import type { Disk } from './sources/disk.js';
import { wordsOf } from './sources/gather.js';
import { layersOf, type Kustomization } from './sources/kustomization.js';
import type { KustomizationReader } from './sources/read-kustomizations.js';
import { readYaml } from './sources/read-yaml.js';
import type { Surroundings } from './sources/repository.js';

/** What a run has at hand to say where something stands. */
export interface DraftSources {
  readonly disk: Disk;
  readonly reader: KustomizationReader;
  readonly locator: Locator;
}

/** What is said of an overlay itself: by the rules of kustomizations, and by kustomize where it does not build. */
export function* overlayDrafts(overlay: Overlay, made: BuiltOverlay | undefined, sources: DraftSources): Generator<Draft> {
  const kustomization = sources.reader.read(overlay.folder);
  const isFailed = overlay.kind === 'failed';
  const offences = isFailed ? (kustomization === undefined ? [] : judgeKustomization(rules, kustomization)) : (made?.offences ?? []);
  for (const [id, { file, document = 0, path, message, fix }] of offences) {
    yield { rule: ruleById(id), message, fix, overlay: overlay.folder, path: formatPath(path), location: sources.locator.ofFile(file, document, path) };
  }
  if (!isFailed) return;
  const broken = kustomization === undefined ? [] : [...brokenFiles(kustomization, overlay.folder, sources)];
  yield* broken;
  // What keeps it from building was told in our own words where they are better than kustomize's.
  if (broken.length === 0 && !offences.some(([id]) => stopsBuild(id))) yield buildFailure(overlay.folder, overlay.message, kustomization, sources);
}

/** The files of an overlay that are no YAML: kustomize's words for them name no line. */
function* brokenFiles(root: Kustomization, overlay: string, { disk }: DraftSources): Generator<Draft> {
  for (const layer of layersOf(root)) {
    for (const word of [posix.basename(layer.file), ...wordsOf(layer.body)]) {
      const file = posix.join(layer.folder, word);
      const text = /\.(?:ya?ml|json)$|^Kustomization$/.test(word) ? disk.read(file) : undefined;
      const reading = text === undefined ? undefined : readYaml(text);
      if (reading?.kind === 'broken') {
        yield { rule: ruleById('yaml/unreadable'), message: `this is not YAML: ${reading.message}`, overlay, location: { file, ...reading.mark } };
      } else if (reading?.duplicate !== undefined) {
        const { message, line, column } = reading.duplicate;
        yield { rule: ruleById('yaml/duplicate-key'), message, overlay, location: { file, line, column } };
      }
    }
  }
}

function buildFailure(overlay: string, message: string, kustomization: Kustomization | undefined, { locator }: DraftSources): Draft {
  const fields = optionsOf(message);
  const layer = kustomization && layersOf(kustomization).find(({ body }) => fields?.some((field) => hasField(body, field)));
  const field = fields?.find((name) => layer !== undefined && hasField(layer.body, name));
  const file = layer?.file ?? kustomization?.file ?? overlay;
  return {
    ...(fields === undefined
      ? { rule: ruleById('kustomize/overlay-builds'), message: `this overlay does not build: ${message}` }
      : { rule: ruleById('kustomize/build-options'), message: 'this overlay was not built: it needs helm or a plugin, which are not run here' }),
    overlay,
    location: field === undefined ? { file, line: 1, column: 1 } : locator.ofFile(file, 0, [field]),
  };
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

/** What is said of millrace.yaml, and of the files that Millrace makes and keeps, as far as the run's paths reach. */
export function millraceDrafts({ isMillrace, settings: folder, root }: Surroundings, settings: Settings, paths: readonly string[]): readonly Draft[] {
  if (folder === undefined || paths.length === 0) return [];
  const reached = (file: string): boolean => paths.some((path) => path === '.' || path === folder || file === path || file.startsWith(`${path}/`));
  // All of a repository has to be worked out to say it of one file: whoever names a file or an overlay does not wait for that.
  const own = ['environments', 'apps'].map((name) => posix.join(folder, name));
  const isWide = paths.some((path) => path === '.' || path === folder || own.includes(path) || own.includes(posix.dirname(path)));
  const offences = isMillrace
    ? isWide
      ? millraceOffences(resolve(root, folder))
      : []
    : settings.problems.map((problem) => ({ rule: 'millrace/declared-file' as const, problem }));
  return offences.flatMap(({ rule, problem: { file = MILLRACE_FILE, position, message, remedy } }) => {
    const path = posix.join(folder, file);
    // A declared file that is wrong keeps everything from being made, and a release that was changed is run by environments:
    // whatever was asked for.
    const isEverybodys = rule === 'millrace/declared-file' || rule === 'millrace/frozen-release';
    if (!isEverybodys && !reached(path)) return [];
    return [{ rule: ruleById(rule), message, fix: remedy, location: { file: path, line: position?.line ?? 1, column: position?.column ?? 1 } }];
  });
}
