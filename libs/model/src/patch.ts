import { isMap, isSeq, LineCounter, parseDocument, stringify, type Document } from 'yaml';

import { readProvenance } from './header.js';
import { fieldOf, isMapping } from './mapping.js';
import type { Problem } from './problem.js';

/** The object that a strategic merge patch names itself. */
export interface PatchedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/** What a file of a patches/ folder is. */
export type Patch =
  | { readonly kind: 'strategic'; readonly object: PatchedObject; readonly body: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'targeted';
      /** As it was written; kind and name at least. */
      readonly target: { readonly kind: string; readonly name: string };
      /** kustomize's target: the name in it is a regular expression, so it is escaped. */
      readonly selector: Readonly<Record<string, string>>;
      /** The operations, as YAML text. */
      readonly operations: string;
    }
  | { readonly kind: 'wrong'; readonly problem: Problem };

const REMEDY =
  'Write either a part of the object with its apiVersion, kind and metadata.name, or "target: {kind: …, name: …}" and "patch:" with a list of JSON6902 operations.';
const SELECTORS = ['group', 'version', 'kind', 'name', 'namespace'] as const;

/** Reads a patch file. Never throws: what cannot be read is a problem of kind `wrong`. */
export function readPatch(file: string, text: string): Patch {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, intAsBigInt: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    return {
      kind: 'wrong',
      problem: { file, position: { line, column: col }, message: `this is not YAML: ${error.message}`, remedy: 'Correct the syntax; one document a file.' },
    };
  }
  const wrong = (message: string): Patch => ({ kind: 'wrong', problem: { file, position: { line: 1, column: 1 }, message, remedy: REMEDY } });
  const body = plainValue(document);
  if (!isMapping(body) || !isMap(document.contents)) return wrong('a patch is a mapping');

  if (readProvenance(text).kind !== 'foreign') {
    return {
      kind: 'wrong',
      problem: {
        file,
        position: { line: 1, column: 1 },
        message: 'this patch is a copy of a generated file',
        remedy: 'Remove the two header lines, and all that you do not change.',
      },
    };
  }
  if ('target' in body) {
    const { target, patch } = body;
    if (!isMapping(target) || typeof target['kind'] !== 'string' || typeof target['name'] !== 'string') return wrong('a target needs kind and name');
    const unknown = Object.keys(target).find((key) => !SELECTORS.some((known) => known === key));
    if (unknown !== undefined) return wrong(`a target has no ${unknown}`);
    const operations = Array.isArray(patch) ? operationsText(text) : undefined;
    if (operations === undefined) return wrong('beside target, patch must be a list of JSON6902 operations');
    const selector = Object.fromEntries(
      Object.entries(target).map(([key, value]) => [key, key === 'name' || key === 'namespace' ? escapeExpression(String(value)) : String(value)]),
    );
    return { kind: 'targeted', target: { kind: target['kind'], name: target['name'] }, selector, operations };
  }
  const { apiVersion, kind } = body;
  const name = fieldOf(body, 'metadata', 'name');
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string')
    return wrong('a patch names its object by apiVersion, kind and metadata.name');
  return { kind: 'strategic', object: { apiVersion, kind, name }, body };
}

/**
 * The operations as they are written. Without a schema every scalar stays as it is spelled: kustomize is to read 0755 as it
 * would in the file itself. Undefined where aliases make the list depend on the rest of the file.
 */
function operationsText(text: string): string | undefined {
  const list = parseDocument(text, { schema: 'failsafe' }).get('patch', true);
  if (!isSeq(list)) return undefined;
  try {
    return stringify(list, { lineWidth: 0, schema: 'failsafe' });
  } catch {
    return undefined;
  }
}

/** A document's value; undefined where an alias of it leads nowhere. */
function plainValue(document: Document.Parsed): unknown {
  try {
    return document.toJS();
  } catch {
    return undefined;
  }
}

/** kustomize puts `^` and `$` around a target's name and reads it as a regular expression. */
function escapeExpression(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
