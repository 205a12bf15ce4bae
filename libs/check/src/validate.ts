import { openApiServer, type ApiVerdict } from '@millrace/apiserver';

import type { AcceptedResources } from './accepted-resources.js';
import type { Definitions } from './definitions.js';
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
  readonly accepted: AcceptedResources;
}

/**
 * Asks the API server's code about resources that it was not asked about before.
 * @param subjects those of an overlay in its order
 * @returns the verdict on each subject, in order
 */
export async function validate(
  definitions: Definitions,
  subjects: readonly Subject[],
  { overlays, accepted }: KnownVerdicts,
  onProgress: (done: number, total: number) => void,
): Promise<readonly ApiVerdict[]> {
  const verdicts = new Map<Subject, ApiVerdict>();
  const asked: { readonly subject: Subject; readonly json: string }[] = [];
  for (const subject of subjects) {
    const { origin } = subject;
    const kept = origin.kind === 'overlay' ? overlays.get(origin.overlay)?.verdicts : undefined;
    const known = origin.kind === 'overlay' && kept?.definitions === definitions.digest ? kept.answers[origin.index] : undefined;
    if (known !== undefined) {
      verdicts.set(subject, known);
      continue;
    }
    const json = toJson(subject.resource.body);
    if (origin.kind === 'file' && accepted.has(json)) verdicts.set(subject, { kind: 'accepted' });
    else asked.push({ subject, json });
  }
  if (asked.length > 0) {
    await using server = openApiServer({ definitions: definitions.source });
    for (let start = 0; start < asked.length; start += BATCH) {
      const batch = asked.slice(start, start + BATCH);
      const answers = await server.validate(batch.map(({ json }) => json));
      for (const [index, { subject, json }] of batch.entries()) {
        const verdict = answers[index];
        if (verdict === undefined) throw new Error('the API server gave fewer verdicts than it was asked for');
        verdicts.set(subject, verdict);
        if (subject.origin.kind === 'file' && verdict.kind === 'accepted') accepted.add(json);
      }
      onProgress(start + batch.length, asked.length);
    }
  }
  return subjects.flatMap((subject) => verdicts.get(subject) ?? []);
}
