import { posix, relative, resolve } from 'node:path';

import { MILLRACE_FILE } from '@millrace/model';

import type { CheckOptions } from './check-options.js';
import { millraceDrafts, overlayDrafts } from './drafts.js';
import { formatPath } from './field.js';
import { isAsked, judge, withoutEchoes, type Reach, type ResourceOffence } from './judge.js';
import { Locator } from './locate/locator.js';
import { report, type CheckReport, type Draft } from './report.js';
import { ruleById } from './rules/by-id.js';
import { rules } from './rules/index.js';
import { readSources, type RunSources } from './run-sources.js';
import { schemaFindings } from './schema-findings.js';
import { Settings } from './settings.js';
import { STANDARD_INPUT } from './sources/read-files.js';
import { completeScopes, isWhole, posixPath } from './sources/repository.js';
import { Universe } from './universe.js';
import { unlistedFiles } from './unlisted-files.js';

/**
 * Checks files, overlays and folders: all that can be said of them before they reach a cluster.
 * @throws {MillraceError} of kind `usage` where a path does not exist
 */
export async function check(options: CheckOptions): Promise<CheckReport> {
  const { folder, reach = 'everything' } = options;
  const sources = await readSources(options);
  const { surroundings, disk, reader, paths, gathered, files, input, overlays, subjects } = sources;
  const schema = await schemaFindings(sources, options);
  const settings = new Settings(surroundings.settings === undefined ? undefined : disk.read(posix.join(surroundings.settings, MILLRACE_FILE)));
  const asked = rules.filter((rule) => settings.severityOf(rule) !== 'off');
  const judged = judge(asked, universeOf(sources), reach);
  const offences = withoutEchoes([...judged, ...schema.filter(({ rule, subject }) => isAsked(reach, rule, subject))]);
  const locator = new Locator(reader, (file) => (file === STANDARD_INPUT ? input?.text : disk.read(file)));
  const drafts = [
    ...offences.map((offence) => draftOf(offence, locator)),
    ...draftsOfSources(sources, reach, locator),
    ...[...unlistedFiles(sources)].filter(({ rule, subject }) => isAsked(reach, rule, subject)),
    ...(reach === 'everything' || reach === 'together' ? millraceDrafts(surroundings, settings, paths) : []),
  ];
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

function universeOf({ surroundings, paths, gathered, subjects, repository }: RunSources): Universe {
  const complete = completeScopes(surroundings, new Set(subjects.map(({ scope }) => scope)), paths);
  return new Universe(subjects, complete, repository, new Set([STANDARD_INPUT, ...gathered.single]));
}

/** What is said of a resource, at the place where a person puts it right. */
function draftOf({ rule, subject, offence: { path, message, fix, severity } }: ResourceOffence, locator: Locator): Draft {
  return { rule, severity, message, fix, subject, path: formatPath(path), location: locator.ofField(subject, path) };
}

/** What is said of overlays themselves, and of what could not be read. */
function draftsOfSources({ overlays, built, disk, reader, files, input, gathered }: RunSources, reach: Reach, locator: Locator): readonly Draft[] {
  const isAlone = reach === 'everything' || reach === 'alone';
  return [
    ...(isAlone ? overlays.flatMap((overlay) => [...overlayDrafts(overlay, built.get(overlay.folder), { disk, reader, locator })]) : []),
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
  ];
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
