import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { isMapping } from '../mapping.js';
import { applyEdit, type Edit } from './edit.js';
import { editYaml } from './edit-yaml.js';
import { dice, type StyledLine, StyledText } from './styled-text.fixture.js';
import { isSequence, memberOf, sameValue, type YamlValue } from './yaml-value.js';

const RUNS = Number(process.env['RUNS'] ?? 500);

const key = fc.constantFrom('a', 'b', 'c', 'd', 'image', 'x-y', 'a b', 'yes', '1', 'a: b', '#c', '', 'é', 'name');
const string = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a', 'word', 'two words', 'yes', '0755', 'a: b', ' x', '# x', '- x', '{', '', 'x'.repeat(200)) },
  { weight: 2, arbitrary: fc.constantFrom('one\ntwo', 'one\ntwo\n', 'one\n\n  two\n', 'one\n\n\n', 'a #b\n# c: d\n', '\n', 'x \ny') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(9223372036854775807n));
const scalar = fc.oneof(string, number, fc.boolean(), fc.constant(null));
const { value } = fc.letrec<{ value: YamlValue; map: YamlValue; seq: YamlValue }>((tie) => ({
  value: fc.oneof({ maxDepth: 4, depthSize: 'medium' }, scalar, tie('map'), tie('map'), tie('seq')),
  map: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  seq: fc.array(tie('value'), { maxLength: 4 }),
}));
const document = fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true });

/** A random text, a random edit that can be done in it, and what the text says before and after. */
interface Trial {
  readonly text: string;
  readonly lines: readonly StyledLine[];
  readonly before: YamlValue;
  readonly edit: Edit;
  readonly after: YamlValue;
}

const trial: fc.Arbitrary<Trial> = fc.tuple(document, fc.array(value, { minLength: 3, maxLength: 3 }), fc.nat()).map(([before, fresh, seed]) => {
  const roll = dice(seed);
  const styled = new StyledText(roll);
  styled.document(before);
  const eol = roll() < 0.3 ? '\r\n' : '\n';
  const isOpen = roll() < 0.2 && !/[|]/.test(styled.lines.map((line) => line.text).join(''));
  const text = styled.lines.map((line) => line.text).join(eol) + (isOpen ? '' : eol);
  const edit = pickEdit(before, fresh, roll);
  const after = applyEdit(before, edit, (reason) => {
    throw new Error(reason);
  });
  return { text, lines: styled.lines, before, edit, after };
});

function pickEdit(document: YamlValue, fresh: readonly YamlValue[], roll: () => number): Edit {
  const path: string[] = [];
  let at: YamlValue | undefined = document;
  while (at !== undefined && (path.length === 0 || roll() < 0.7)) {
    if (isSequence(at)) {
      if (at.length === 0) break;
      const index = Math.floor(roll() * at.length);
      path.push(String(index));
      at = at[index];
    } else if (isMapping(at) || at === null) {
      const keys = Object.keys(at ?? {});
      const known = keys[Math.floor(roll() * keys.length * 1.3)] ?? ['new', 'yes', '#c', 'a'][Math.floor(roll() * 4)] ?? 'new';
      path.push(known);
      at = isMapping(at) ? memberOf(at, known) : undefined;
    } else {
      break;
    }
  }
  const [first = null] = fresh;
  if (roll() < 0.25 && !/^\d+$/.test(path.at(-1) ?? '')) return { kind: 'delete', path };
  return { kind: 'set', path, value: at === undefined || roll() < 0.4 ? first : vary(at, fresh, roll) };
}

/** A value that is partly the old one. */
function vary(value: YamlValue, fresh: readonly YamlValue[], roll: () => number): YamlValue {
  const [, one = null, two = null] = fresh;
  if (isSequence(value)) {
    const kept = value.filter(() => roll() < 0.8).map((item) => (roll() < 0.2 ? vary(item, fresh, roll) : item));
    return roll() < 0.5 ? kept.toSpliced(Math.floor(roll() * (kept.length + 1)), 0, one) : kept;
  }
  if (isMapping(value)) {
    const kept = Object.entries(value)
      .filter(() => roll() < 0.8)
      .map(([key, item]) => [key, roll() < 0.3 ? vary(item, fresh, roll) : item]);
    return roll() < 0.5 ? { ...Object.fromEntries(kept), new: two } : Object.fromEntries(kept);
  }
  return roll() < 0.5 ? value : one;
}

function kindOf(value: YamlValue): string {
  return isSequence(value) ? 'sequence' : isMapping(value) ? 'mapping' : 'scalar';
}

/** The value at a line's owner before and after, `undefined` where it is not certain that it is the same place. */
function followed({ owner }: StyledLine, { before, after }: Trial): readonly [YamlValue, YamlValue] | undefined {
  let from = before;
  let to = after;
  for (const key of owner) {
    let nextFrom: YamlValue | undefined;
    let nextTo: YamlValue | undefined;
    if (isSequence(from) && isSequence(to) && typeof key === 'number') {
      const items = to;
      const changed = from.filter((item, at) => !sameValue(item, items[at] ?? null));
      if (from.length !== to.length || changed.length > 1) return undefined;
      [nextFrom, nextTo] = [from[key], to[key]];
    } else if (isMapping(from) && isMapping(to)) {
      [nextFrom, nextTo] = [memberOf(from, String(key)), memberOf(to, String(key))];
    }
    if (nextFrom === undefined || nextTo === undefined) return undefined;
    [from, to] = [nextFrom, nextTo];
  }
  return [from, to];
}

function mustKeepLine(line: StyledLine, trial: Trial): boolean {
  const values = followed(line, trial);
  if (values === undefined) return false;
  const [from, to] = values;
  if (sameValue(from, to)) return true;
  const filled = (value: YamlValue): boolean => typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  return line.needs === 'kind' && kindOf(from) === kindOf(to) && filled(from) && filled(to);
}

function mustKeepComment(line: StyledLine, trial: Trial): boolean {
  const values = followed(line, trial);
  if (values === undefined) return false;
  const [from, to] = values;
  return sameValue(from, to) || kindOf(from) === 'scalar' || (line.needs === 'kind' && kindOf(from) === kindOf(to));
}

describe('any edit of any text', { timeout: 60_000 }, () => {
  const assert = (property: (trial: Trial, edited: string) => void): void => {
    fc.assert(
      fc.property(trial, (each) => property(each, editYaml(each.text, [each.edit]))),
      { numRuns: RUNS },
    );
  };

  it('leaves a text that says what it should', () => {
    assert(({ text, before, after }, edited) => {
      const read = (yaml: string): YamlValue => parseDocument(yaml, { intAsBigInt: true }).toJS();
      expect(sameValue(read(text), before), 'the text before').toBe(true);
      expect(sameValue(read(edited), after)).toBe(true);
    });
  });

  it('leaves every comment that is not inside something replaced or deleted', () => {
    assert((each, edited) => {
      for (const line of each.lines) {
        const [comment] = /# comment \d+\.$/.exec(line.text) ?? [];
        if (comment !== undefined && mustKeepComment(line, each)) expect(edited).toContain(comment);
      }
    });
  });

  it('leaves every line that it does not concern as it is, in its order', () => {
    assert((each, edited) => {
      // The key that moves up behind a dash whose first key is gone keeps its column.
      const bare = (text: string): string => text.replace(/^[ -]+/, (margin) => ' '.repeat(margin.length));
      const lines = edited.split(/\r?\n/).map(bare);
      let from = 0;
      for (const line of each.lines) {
        if (line.text === '' || !mustKeepLine(line, each)) continue;
        const at = lines.indexOf(bare(line.text), from);
        expect(at, `${line.text} after line ${from} of\n${edited}`).toBeGreaterThanOrEqual(0);
        from = at + 1;
      }
    });
  });

  it('changes nothing the second time', () => {
    assert(({ edit }, edited) => {
      expect(editYaml(edited, [edit])).toBe(edited);
    });
  });

  it('keeps the line breaks the text has', () => {
    assert(({ text }, edited) => {
      if (/\r\n/.test(text)) expect(edited.replaceAll('\r\n', '')).not.toContain('\n');
      else expect(edited).not.toContain('\r');
    });
  });
});
