import { applyChange, type Change } from './change.js';
import { diffValues } from './diff-values.js';
import { applyEdit, type Edit } from './edit.js';
import { EditError } from './edit-error.js';
import { endsOpen } from './entry-layout.js';
import { locate } from './locate.js';
import { readSource } from './read-source.js';
import type { Source } from './source-node.js';
import { applySplices } from './splice.js';
import { spliceChange } from './splice-change.js';
import { requireYamlValue, sameValue } from './yaml-value.js';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Carries out edits in a YAML text, in order, and leaves every character that is not concerned as it is. Edits that are
 * true already change nothing.
 *
 * Every step is read back and compared with what it should say, so that no text leaves this function that says anything
 * else.
 *
 * @throws EditError if the text is not one valid document, or an edit cannot be done truthfully in it
 * @throws TypeError if a value to set holds what YAML has no form for
 */
export function editYaml(text: string, edits: readonly Edit[]): string {
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  let source = readSource(text.slice(mark.length));
  for (const edit of edits) {
    if (edit.kind === 'set') requireYamlValue(edit.value);
    const { value } = source.root.value;
    const wanted = applyEdit(value, edit, (reason, found) => {
      throw new EditError(reason, source.text, locate(source, found).at(-1)?.span.start ?? 0);
    });
    for (const change of diffValues(value, wanted)) source = makeChange(source, change);
  }
  return mark + source.text;
}

function makeChange(source: Source, change: Change): Source {
  const expected = applyChange(source.root.value.value, change);
  const changed = readChanged(source, applySplices(source.text, spliceChange(source, change)));
  if (changed !== undefined && sameValue(changed.root.value.value, expected)) return changed;
  const path = change.kind === 'replace' ? change.path : [...change.parent, change.key];
  const offset = locate(source, path).at(-1)?.span.start ?? 0;
  throw new EditError(`cannot edit ${path.join('.') || 'the document'}: found a layout in which the new text would not say it`, source.text, offset);
}

/** The text as it reads now, `undefined` if it no longer does. */
function readChanged(before: Source, text: string): Source | undefined {
  try {
    const changed = readSource(text);
    return endsOpen(changed) && !endsOpen(before) ? readSource(text + before.eol) : changed;
  } catch (error) {
    if (error instanceof EditError) return undefined;
    throw error;
  }
}
