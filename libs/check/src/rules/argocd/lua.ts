import { createRequire } from 'node:module';

import type { Chunk, Identifier, Node, Options } from 'luaparse';

interface Parser {
  parse(code: string, options: Partial<Options>): Chunk;
}

// Loaded when there is a script at all: few runs have one.
const load = createRequire(import.meta.url);
let loaded: Parser | undefined;

function parser(): Parser {
  if (loaded === undefined) {
    const found: unknown = load('luaparse');
    if (!isParser(found)) throw new TypeError('luaparse has no function parse');
    loaded = found;
  }
  return loaded;
}

function isParser(value: unknown): value is Parser {
  return typeof value === 'object' && value !== null && 'parse' in value && typeof value.parse === 'function';
}

/** What Argo CD does not open for a script, unless it is told to (util/lua/lua.go: package, base, table, and a part of os are there). */
const LIBRARIES = new Set(['string', 'math', 'io', 'debug', 'coroutine', 'channel', 'utf8', 'bit32']);
const OS = new Set(['time', 'date']);
/** What a text can do where the library string is open. */
const OF_TEXTS = new Set(['byte', 'find', 'format', 'gmatch', 'gsub', 'len', 'lower', 'match', 'rep', 'reverse', 'sub', 'upper']);

/**
 * Why Argo CD cannot run a script: it does not parse, or it uses what is not open. Undefined where nothing is known against it.
 * Lines are counted from one, in the script.
 */
export function luaFault(script: string, openLibs: boolean): string | undefined {
  const nodes: Node[] = [];
  try {
    // 5.2 is 5.1 with goto, as gopher-lua has it.
    parser().parse(script, { luaVersion: '5.2', scope: true, locations: true, comments: false, onCreateNode: (node) => nodes.push(node) });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const [, line, words] = /^\[(\d+):\d+\] (.*)$/s.exec(error.message) ?? [];
    return line === undefined ? error.message : `line ${line}: ${words ?? ''}`;
  }
  if (openLibs) return undefined;
  const own = namesGiven(nodes);
  return nodes.map((node) => notOpen(node, own)).find((fault) => fault !== undefined);
}

/** The names that a script itself gives to functions of its tables, and to what it declares; undefined where it may give any. */
function namesGiven(nodes: readonly Node[]): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const node of nodes) {
    if (node.type === 'Identifier' && ['setmetatable', 'rawset', 'load', 'loadstring', 'dofile', 'require'].includes(node.name)) return undefined;
    if (node.type === 'TableKey') return undefined;
    if (node.type === 'TableKeyString') names.add(node.key.name);
    const given = node.type === 'AssignmentStatement' ? node.variables : node.type === 'FunctionDeclaration' ? [node.identifier] : [];
    for (const variable of given) {
      if (variable?.type === 'IndexExpression') return undefined;
      if (variable?.type === 'MemberExpression') names.add(variable.identifier.name);
      if (variable?.type === 'Identifier') names.add(variable.name);
    }
  }
  return names;
}

function notOpen(node: Node, own: ReadonlySet<string> | undefined): string | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  const { base, identifier, indexer } = node;
  const at = `line ${node.loc?.start.line ?? 1}: `;
  // A table of the script's own may have a method of that name; what comes from the cluster has none.
  if (indexer === ':' && base.type !== 'StringLiteral' && (own === undefined || own.has(identifier.name))) return undefined;
  if (indexer === ':') return OF_TEXTS.has(identifier.name) ? `${at}a text has no ${identifier.name}, since the library string is not open` : undefined;
  if (base.type !== 'Identifier' || isLocal(base) || own?.has(base.name) === true) return undefined;
  if (LIBRARIES.has(base.name)) return `${at}the library ${base.name} is not open`;
  return base.name === 'os' && !OS.has(identifier.name) ? `${at}os.${identifier.name} is not there, only os.time and os.date` : undefined;
}

/** With the option `scope` the parser says so; its types do not know. */
function isLocal(identifier: Identifier): boolean {
  return 'isLocal' in identifier && identifier.isLocal === true;
}
