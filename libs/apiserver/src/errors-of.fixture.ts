import type { ApiError } from './api-error.js';
import type { ApiServer } from './api-server.js';
import type { ApiVerdict } from './api-verdict.js';
import { definition as anyDefinition } from './definitions.fixture.js';
import { definitionsOf } from './definitions-of.js';
import { openApiServer } from './open-api-server.js';

/** An error in short: `type path.to[0].field`. A key that is no identifier is quoted. */
export function short({ type, path }: ApiError): string {
  return `${type} ${path.map((key) => (typeof key === 'number' ? `[${key}]` : /^\w[\w-]*$/.test(key) ? `.${key}` : `.'${key}'`)).join('')}`;
}

/** The errors of a verdict in short; another verdict than accepted or rejected is its kind. */
export function inShort(verdict: ApiVerdict | undefined): readonly string[] {
  switch (verdict?.kind) {
    case 'accepted':
      return [];
    case 'rejected':
      return verdict.errors.map(short);
    case 'failed':
      throw new Error(verdict.message);
    default:
      return [verdict?.kind ?? 'no verdict'];
  }
}

/** A server with these definitions. */
export function serverWith(...definitions: readonly string[]): ApiServer {
  return openApiServer({ definitions: definitionsOf(definitions), workers: 1 });
}

const shared = new Map<string, string>();
const server = openApiServer({ definitions: { find: (group, kind) => definitionsOf([shared.get(group) ?? anyDefinition({})]).find(group, kind) }, workers: 1 });

/**
 * The verdict on one resource against one definition, by a server that all tests of a file share: a new one takes half a second. Each call has a
 * group of its own in it, `test1.millrace.invalid` and so on.
 */
export async function verdictOn(resource: string, definition?: string): Promise<ApiVerdict> {
  const group = `test${shared.size + 1}.millrace.invalid`;
  const inGroup = (text: string): string => text.replaceAll('test.millrace.invalid', group);
  shared.set(group, inGroup(definition ?? anyDefinition({})));
  const [verdict] = await server.validate([inGroup(resource)]);
  if (verdict === undefined) throw new Error('no verdict');
  return verdict;
}
