import { posix } from 'node:path';

import { MILLRACE_FILE } from '@millrace/model';

import type { ExceptedFinding, Finding, ResourceName, Severity } from './finding.js';
import type { Location } from './locate/locator.js';
import type { Rule } from './rule.js';
import { isRule, ruleById } from './rules/by-id.js';
import { covers, type Settings } from './settings.js';
import type { LeftOut } from './sources/gather.js';
import type { Subject } from './subject.js';

/** A finding before settings have weighed it. */
export interface Draft {
  readonly rule: Rule;
  /** @default the rule's severity */
  readonly severity?: Severity | undefined;
  readonly message: string;
  /** @default the rule's fix */
  readonly fix?: string | undefined;
  readonly location: Location;
  /** The overlay that it shows in, where no subject says so. */
  readonly overlay?: string;
  readonly subject?: Subject;
  readonly path?: string;
}

/** What a run found. Files are named from the folder that the run was started in. */
export interface CheckReport {
  /** By file, line, column and rule. */
  readonly findings: readonly Finding[];
  /** What exceptions of millrace.yaml took out. */
  readonly excepted: readonly ExceptedFinding[];
  /** The folders of the overlays that a finding shows in; none where it is about a file that is applied as it stands. */
  readonly overlaysOf: ReadonlyMap<Finding, readonly string[]>;
  readonly leftOut: readonly LeftOut[];
  readonly summary: {
    /** Resources that were checked. */
    readonly resources: number;
    readonly errors: number;
    readonly warnings: number;
    /** Files that were left out. */
    readonly skipped: number;
  };
  /** Files and overlays that should have been looked at and could not be: without them a run has not seen everything. */
  readonly unread: readonly string[];
}

/** What a report is made of, beside its findings. */
export interface Run {
  readonly settings: Settings;
  /** Where millrace.yaml stands, from the run's root. */
  readonly settingsFolder: string | undefined;
  readonly subjects: readonly Subject[];
  /** Whether an exception for what is not in this run is stale: the run has all there is. */
  readonly isWhole: boolean;
  /** Whether this run asks a rule about a subject. */
  readonly isAsked: (rule: Rule, subject: Subject) => boolean;
  /** Overlays that were not built, so that nothing in them was looked at. */
  readonly unbuilt: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

/** Rules that say that something was not looked at. */
const UNREAD: ReadonlySet<string> = new Set(['yaml/unreadable', 'schema/no-answer']);

/** Weighs findings by the settings, takes out what exceptions cover, and finds the exceptions that cover nothing. */
export function report(drafts: readonly Draft[], run: Run): CheckReport {
  const weighed = new Weighed(run.settings);
  for (const draft of drafts) weighed.add(draft);
  // Only now is it known which exceptions have something to take out.
  for (const draft of settingsDrafts(run)) weighed.add(draft);
  const { overlaysOf } = weighed;
  const findings = oncePerKind(weighed.findings(), overlaysOf);
  return {
    findings,
    excepted: weighed.excepted.sort((a, b) => byPlace(a.finding, b.finding)),
    overlaysOf,
    leftOut: run.leftOut,
    summary: {
      resources: run.subjects.length,
      errors: findings.filter(({ severity }) => severity === 'error').length,
      warnings: findings.filter(({ severity }) => severity === 'warning').length,
      skipped: run.leftOut.length,
    },
    unread: [
      ...drafts.filter(({ rule }) => UNREAD.has(rule.id)).map(({ location, overlay }) => overlay ?? location.file),
      // What an error says of an overlay is what to put right; where there is none, it would pass unseen.
      ...run.unbuilt.filter((overlay) => !findings.some((finding) => finding.severity === 'error' && overlaysOf.get(finding)?.includes(overlay) === true)),
    ],
  };
}

/** Findings by what the settings make of them, each once, with the overlays that each shows in. */
class Weighed {
  readonly excepted: ExceptedFinding[] = [];
  readonly overlaysOf = new Map<Finding, string[]>();
  readonly #findings = new Map<string, Finding>();

  constructor(private readonly settings: Settings) {}

  findings(): readonly Finding[] {
    return [...this.#findings.values()].sort(byPlace);
  }

  add(draft: Draft): void {
    const wanted = this.settings.severityOf(draft.rule, draft.severity);
    // Nobody can wish to not be told that something was not looked at.
    const severity = wanted === 'off' && UNREAD.has(draft.rule.id) ? draft.rule.severity : wanted;
    if (severity === 'off') return;
    const finding = toFinding(draft, severity);
    const exception = draft.subject === undefined ? undefined : this.settings.exceptionFor(draft.rule.id, draft.subject);
    if (exception === undefined) {
      this.#keep(finding, draft.overlay ?? (draft.subject?.origin.kind === 'overlay' ? draft.subject.origin.overlay : undefined));
    } else {
      exception.used = true;
      this.excepted.push({ finding, reason: exception.reason });
    }
  }

  #keep(finding: Finding, overlay: string | undefined): void {
    // A mistake in a base is one mistake, however many overlays have it.
    const { file, line, column, rule, message } = finding;
    const key = [file, line, column, rule, message].join('\n');
    const before = this.#findings.get(key);
    // What is certain in one of them is certain.
    const known = before === undefined || (before.severity === 'warning' && finding.severity === 'error') ? finding : before;
    const overlays = [...(before === undefined ? [] : (this.overlaysOf.get(before) ?? [])), ...(overlay === undefined ? [] : [overlay])];
    if (before !== undefined) this.overlaysOf.delete(before);
    this.#findings.set(key, known);
    if (overlays.length > 0) this.overlaysOf.set(known, overlays);
  }
}

/** A kind that nobody knows is one gap, however many resources it has: it is told at the first of them. */
function oncePerKind(sorted: readonly Finding[], overlaysOf: Map<Finding, string[]>): readonly Finding[] {
  const kinds = new Map<string, Finding[]>();
  const kindOf = ({ rule, resource }: Finding): string | undefined =>
    rule === 'schema/unknown-kind' && resource !== undefined ? `${resource.apiVersion} ${resource.kind}` : undefined;
  for (const finding of sorted) {
    const kind = kindOf(finding);
    if (kind === undefined) continue;
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, [finding]);
    else known.push(finding);
  }
  return sorted.flatMap((finding) => {
    const all = kinds.get(kindOf(finding) ?? '') ?? [finding];
    if (all[0] !== finding) return [];
    if (all.length === 1) return [finding];
    const told = { ...finding, message: `${finding.message}, and neither were ${all.length - 1} more` };
    const overlays = [...new Set(all.flatMap((one) => overlaysOf.get(one) ?? []))];
    if (overlays.length > 0) overlaysOf.set(told, overlays);
    return [told];
  });
}

function* settingsDrafts({ settings, settingsFolder = '.', subjects, isWhole, isAsked }: Run): Generator<Draft> {
  const file = posix.join(settingsFolder, MILLRACE_FILE);
  const unknown = ruleById('settings/unknown-rule');
  for (const { rule, position } of settings.unknownRules()) {
    yield { rule: unknown, message: `there is no rule ${rule}`, location: { file, ...position } };
  }
  const stale = ruleById('settings/stale-exception');
  for (const exception of settings.exceptions) {
    if (exception.used || !isRule(exception.rule)) continue;
    const covered = subjects.filter((subject) => covers(exception, subject));
    const isHere = covered.some((subject) => isAsked(ruleById(exception.rule), subject));
    if (!isHere && (covered.length > 0 || !isWhole)) continue;
    const name = `${exception.kind} ${exception.namespace === undefined ? '' : `${exception.namespace}/`}${exception.name}`;
    const message = isHere ? `${exception.rule} finds nothing on ${name} to except` : `there is no ${name} to except from ${exception.rule}`;
    yield { rule: stale, message, location: { file, ...exception.position } };
  }
}

function toFinding({ rule, message, fix, location, subject, path }: Draft, severity: Finding['severity']): Finding {
  return {
    rule: rule.id,
    severity,
    message: withoutPasswords(message),
    fix: withoutPasswords(fix ?? rule.fix),
    ...location,
    ...(subject === undefined ? {} : { resource: resourceName(subject) }),
    ...(path === undefined || path === '' ? {} : { path }),
    docs: `docs/rules.md#${rule.id.replace('/', '-')}`,
  };
}

/** A report is more public than the file it is about: a password in a URL that some rule quotes does not get into it. */
function withoutPasswords(text: string): string {
  return text.replace(/(:\/\/[^\s/:@"'`]*):[^\s/@"'`]+@/g, '$1:***@');
}

function resourceName({ resource: { apiVersion, kind, name }, namespace }: Subject): ResourceName {
  return { apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), name };
}

function byPlace(a: Finding, b: Finding): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.rule, b.rule) || compare(a.message, b.message);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
