import type { FieldPath } from './field.js';
import type { FileOffence, Offence, Rule } from './rule.js';
import type { Kustomization } from './sources/kustomization.js';
import type { Subject } from './subject.js';
import type { Universe } from './universe.js';

/** An offence against a rule by a resource. */
export interface ResourceOffence {
  readonly rule: Rule;
  readonly subject: Subject;
  readonly offence: Offence;
}

/** Which rules a run asks: all, those about one resource or overlay, or those about what resources have to do with each other. */
export type Reach = 'everything' | 'alone' | 'together';

/** What the rules say of every resource. */
export function judge(rules: readonly Rule[], universe: Universe, reach: Reach): readonly ResourceOffence[] {
  const alone = rules.filter((rule) => rule.reach === 'resource');
  const together = reach === 'alone' ? [] : rules.filter((rule) => rule.reach === 'references');
  const rulesOf = byKind([...alone, ...together]);
  const offences: ResourceOffence[] = [];
  for (const subject of universe.subjects) {
    for (const rule of rulesOf(subject.groupKind)) {
      // Overlays were looked at alone where each is checked by itself; plain files never are.
      if (rule.reach === 'resource' && reach === 'together' && subject.origin.kind === 'overlay') continue;
      const found = rule.reach === 'resource' ? rule.check(subject) : rule.check(subject, universe);
      for (const offence of found) offences.push({ rule, subject, offence });
    }
  }
  return offences;
}

type AskedRule = Extract<Rule, { reach: 'resource' | 'references' }>;

function byKind(rules: readonly AskedRule[]): (groupKind: string) => readonly AskedRule[] {
  const known = new Map<string, readonly AskedRule[]>();
  return (groupKind) => {
    let found = known.get(groupKind);
    if (found === undefined) known.set(groupKind, (found = rules.filter(({ on }) => on === 'any' || on.includes(groupKind))));
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
 * or of the map that it stands in.
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

/** Whether a rule has spoken of a field: of it, or of a map that holds it. `spec` and `metadata` hold too much to say anything. */
function covers({ rule, offence: { path, spoils = [] } }: ResourceOffence, field: FieldPath): boolean {
  if (spoils.some((spoilt) => spoilt.every((step, index) => step === field[index]))) return true;
  if (path.length > field.length || path.some((step, index) => step !== field[index])) return false;
  // What is missing elsewhere says nothing of the fields below.
  return path.length === field.length || (path.length >= 2 && rule.reach === 'resource');
}
