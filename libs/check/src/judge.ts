import type { FieldPath } from './field.js';
import type { FileOffence, Offence, ReferenceRule, ResourceRule, Rule } from './rule.js';
import type { Kustomization } from './sources/kustomization.js';
import type { Subject } from './subject.js';
import type { Universe } from './universe.js';

/** An offence against a rule by a resource. */
export interface ResourceOffence {
  readonly rule: Rule;
  readonly subject: Subject;
  readonly offence: Offence;
}

/**
 * Which rules a run asks: all; those about one resource or overlay; those about what the resources of an environment have to do with
 * each other; or those about what environments have to do with each other. The last three together are all.
 */
export type Reach = 'everything' | 'alone' | 'together' | 'across';

/** Whether a run of some reach asks a rule about a subject. */
export function isAsked(reach: Reach, rule: Rule, { origin }: Subject): boolean {
  switch (rule.reach) {
    case 'references':
      return reach === 'everything' || reach === 'together';
    case 'environments':
      return reach === 'everything' || reach === 'across';
    default:
      // Overlays are looked at alone where each is checked by itself; plain files are no overlay's.
      return reach === 'everything' || reach === (origin.kind === 'overlay' ? 'alone' : 'together');
  }
}

/** What the rules say of every resource. */
export function judge(rules: readonly Rule[], universe: Universe, reach: Reach): readonly ResourceOffence[] {
  const rulesOf = byKind(rules);
  const offences: ResourceOffence[] = [];
  for (const subject of universe.subjects) {
    for (const rule of rulesOf(subject.groupKind)) {
      if (!isAsked(reach, rule, subject)) continue;
      const found = rule.reach === 'resource' ? rule.check(subject) : rule.check(subject, universe);
      for (const offence of found) offences.push({ rule, subject, offence });
    }
  }
  return offences;
}

type AskedRule = ResourceRule | ReferenceRule;

function isAboutResources(rule: Rule): rule is AskedRule {
  return rule.reach === 'resource' || rule.reach === 'references' || rule.reach === 'environments';
}

function byKind(rules: readonly Rule[]): (groupKind: string) => readonly AskedRule[] {
  const asked = rules.filter(isAboutResources);
  const known = new Map<string, readonly AskedRule[]>();
  return (groupKind) => {
    let found = known.get(groupKind);
    if (found === undefined) known.set(groupKind, (found = asked.filter(({ on }) => on === 'any' || on.includes(groupKind))));
    return found;
  };
}

/** What the kustomization rules say of a root, by rule. */
export function judgeKustomization(rules: readonly Rule[], root: Kustomization): readonly (readonly [rule: string, offence: FileOffence])[] {
  return rules.flatMap((rule) =>
    rule.reach === 'kustomization' ? [...rule.check(root)].map((offence): readonly [string, FileOffence] => [rule.id, offence]) : [],
  );
}

/**
 * One mistake is told once: what the schema says of a field gives way where a rule that knows more has said something of that field,
 * or of the map that it stands in. A rule about a field that is missing says nothing of what stands beside it: it points at the field itself.
 */
export function withoutEchoes(offences: readonly ResourceOffence[]): readonly ResourceOffence[] {
  const told = new Map<Subject, ResourceOffence[]>();
  for (const said of offences) {
    if (said.rule.reach === 'reported') continue;
    const known = told.get(said.subject);
    if (known === undefined) told.set(said.subject, [said]);
    else known.push(said);
  }
  return offences.filter(({ rule, subject, offence }) => rule.reach !== 'reported' || !(told.get(subject) ?? []).some((said) => covers(said, offence.path)));
}

/** Whether a rule has spoken of a field: of it, or of a map that holds it. What is right below `spec` and `metadata` holds too much to say anything. */
function covers({ rule, offence: { path, spoils = [] } }: ResourceOffence, field: FieldPath): boolean {
  if (spoils.some((spoilt) => spoilt.every((step, index) => step === field[index]))) return true;
  if (path.length > field.length || path.some((step, index) => step !== field[index])) return false;
  // What is missing elsewhere says nothing of the fields below.
  return path.length === field.length || (path.length >= 3 && rule.reach === 'resource');
}
