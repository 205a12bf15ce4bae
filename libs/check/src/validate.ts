import { openApiServer, type ApiVerdict } from '@millrace/apiserver';

import type { AcceptedResources } from './accepted-resources.js';
import type { DefinedFor, Definitions } from './definitions.js';
import type { BuiltOverlay } from './sources/build-overlays.js';
import { toJson } from './sources/json.js';
import type { Subject } from './subject.js';

// As many as make a call worth its while, and few enough to show progress.
const BATCH = 500;

/** What is known of earlier runs. */
export interface KnownVerdicts {
  /** What was kept of overlays, by folder; it holds where the definitions are the same. */
  readonly overlays: ReadonlyMap<string, BuiltOverlay>;
  /** What was accepted of plain files. */
  readonly accepted: (of: Definitions) => AcceptedResources;
}

/** A resource that the server is asked about. */
interface Question {
  readonly subject: Subject;
  readonly json: string;
}

/**
 * Asks the API server's code about resources that it was not asked about before. Where environments have different definitions one
 * server comes after the other, since each takes much memory, and the second is asked only about kinds that it defines otherwise.
 * @param definitionsOf the definitions of a platform and a scope
 * @param subjects those of an overlay in its order
 * @returns the verdict on each subject, in order
 */
export async function validate(
  definitionsOf: (of: DefinedFor) => Definitions,
  subjects: readonly Subject[],
  { overlays, accepted }: KnownVerdicts,
  onProgress: (done: number, total: number) => void,
): Promise<readonly ApiVerdict[]> {
  const verdicts = new Map<Subject, ApiVerdict>();
  const asked = new Map<Definitions, Question[]>();
  const serverOf = servers(asked, definitionsOf);
  for (const subject of subjects) {
    const { origin } = subject;
    const definitions = definitionsOf(subject);
    const kept = origin.kind === 'overlay' ? overlays.get(origin.overlay)?.verdicts : undefined;
    const known = origin.kind === 'overlay' && kept?.definitions === definitions.digest ? kept.answers[origin.index] : undefined;
    if (known !== undefined) {
      verdicts.set(subject, known);
      continue;
    }
    const json = toJson(subject.resource.body);
    if (origin.kind === 'file' && accepted(definitions).has(json)) verdicts.set(subject, { kind: 'accepted' });
    else {
      const server = serverOf(subject);
      const waiting = asked.get(server);
      if (waiting === undefined) asked.set(server, [{ subject, json }]);
      else waiting.push({ subject, json });
    }
  }
  const total = [...asked.values()].reduce((sum, { length }) => sum + length, 0);
  let done = 0;
  for (const [definitions, questions] of asked) {
    await using server = openApiServer({ definitions: definitions.source });
    for (let start = 0; start < questions.length; start += BATCH) {
      const batch = questions.slice(start, start + BATCH);
      const answers = await server.validate(batch.map(({ json }) => json));
      for (const [index, { subject, json }] of batch.entries()) {
        const verdict = answers[index];
        if (verdict === undefined) throw new Error('the API server gave fewer verdicts than it was asked for');
        verdicts.set(subject, verdict);
        if (subject.origin.kind === 'file' && verdict.kind === 'accepted') accepted(definitionsOf(subject)).add(json);
      }
      onProgress((done += batch.length), total);
    }
  }
  return subjects.flatMap((subject) => verdicts.get(subject) ?? []);
}

/** The definitions, of those that a server is asked with already, that say of a resource's kind what its own do; else its own. */
function servers(asked: ReadonlyMap<Definitions, unknown>, definitionsOf: (of: DefinedFor) => Definitions): (subject: Subject) => Definitions {
  const known = new Map<Definitions, Map<string, Definitions>>();
  return (subject) => {
    const { group, resource } = subject;
    const own = definitionsOf(subject);
    const kinds = known.get(own) ?? new Map<string, Definitions>();
    known.set(own, kinds);
    const key = `${group}/${resource.kind}`;
    const definitionIn = ({ source }: Definitions): string | undefined => source.find(group, resource.kind);
    const server = kinds.get(key) ?? [...asked.keys()].find((other) => other === own || definitionIn(other) === definitionIn(own)) ?? own;
    kinds.set(key, server);
    return server;
  };
}
