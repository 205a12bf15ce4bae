import { Composer, type ParsedNode, Parser } from 'yaml';
import { detectStyle } from './detect-style.js';
import { EditError } from './edit-error.js';
import { NodeReader } from './node-reader.js';
import type { Source } from './source-node.js';

/**
 * Reads a text into its value and the places where everything stands.
 *
 * @throws EditError if the text is not one document of valid YAML 1.2, or holds what is not safe to edit around:
 *   a directive, a key that is a collection or an alias, two keys that read alike, an alias inside its own anchor
 */
export function readSource(text: string): Source {
  const refuse = (reason: string, offset: number): never => {
    throw new EditError(reason, text, offset);
  };
  const tokens = [...new Parser().parse(text)];
  for (const token of tokens) {
    if (token.type === 'directive') refuse(`expected no directive, found ${token.source}`, token.offset);
  }
  const [start, another] = tokens.filter((token) => token.type === 'document');
  if (another !== undefined) refuse('expected one document, found a second one', another.offset);

  const composer = new Composer<ParsedNode>({ keepSourceTokens: true, intAsBigInt: true });
  for (const document of composer.compose(tokens, true, text.length)) {
    const [error] = document.errors;
    if (error !== undefined) refuse(`not valid YAML: ${error.message}`, error.pos[0]);
    const root = new NodeReader(text, refuse).readRoot(document.contents, start?.start ?? []);
    return {
      text,
      eol: /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n',
      root,
      contentEnd: tokens.find((token) => token.type === 'doc-end')?.offset ?? text.length,
      style: detectStyle(text, root),
    };
  }
  return refuse('expected a document, found none', 0);
}
