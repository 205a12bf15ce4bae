import { openApiServer, type ApiVerdict } from '@millrace/apiserver';

import type { PlatformName } from '@millrace/model';

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
  readonly accepted: (platform: PlatformName) => AcceptedResources;
}

/**
 * Asks the API server's code about resources that it was not asked about before. Where environments have different platforms one
 * server comes after the other, since each takes much memory, and the second is asked only about kinds that it defines otherwise.
 * @param definitionsOf the definitions of a platform
 * @param subjects those of an overlay in its order
 * @returns the verdict on each subject, in order
 */
export async function validate(
  definitionsOf: (platform: PlatformName) => Definitions,
  subjects: readonly Subject[],
  { overlays, accepted }: KnownVerdicts,
  onProgress: (done: number, total: number) => void,
): Promise<readonly ApiVerdict[]> {
  const verdicts = new Map<Subject, ApiVerdict>();
  const asked = new Map<PlatformName, { readonly subject: Subject; readonly json: string }[]>();
  const servers = new Map<string, PlatformName>();
  /** The platform whose server knows of a resource's kind what its own platform's does. */
  const serverOf = ({ platform, group, resource: { kind } }: Subject): PlatformName => {
    const key = `${platform} ${group}/${kind}`;
    const known = servers.get(key);
    if (known !== undefined) return known;
    const definitionOn = (name: PlatformName): string | undefined => definitionsOf(name).source.find(group, kind);
    const server = [...asked.keys()].find((name) => name === platform || definitionOn(name) === definitionOn(platform)) ?? platform;
    servers.set(key, server);
    return server;
  };
  for (const subject of subjects) {
    const { origin, platform } = subject;
    const kept = origin.kind === 'overlay' ? overlays.get(origin.overlay)?.verdicts : undefined;
    const known = origin.kind === 'overlay' && kept?.definitions === definitionsOf(platform).digest ? kept.answers[origin.index] : undefined;
    if (known !== undefined) {
      verdicts.set(subject, known);
      continue;
    }
    const json = toJson(subject.resource.body);
    if (origin.kind === 'file' && accepted(platform).has(json)) verdicts.set(subject, { kind: 'accepted' });
    else {
      const server = serverOf(subject);
      const waiting = asked.get(server);
      if (waiting === undefined) asked.set(server, [{ subject, json }]);
      else waiting.push({ subject, json });
    }
  }
  const total = [...asked.values()].reduce((sum, { length }) => sum + length, 0);
  let done = 0;
  for (const [platform, all] of asked) {
    await using server = openApiServer({ definitions: definitionsOf(platform).source });
    for (let start = 0; start < all.length; start += BATCH) {
      const batch = all.slice(start, start + BATCH);
      const answers = await server.validate(batch.map(({ json }) => json));
      for (const [index, { subject, json }] of batch.entries()) {
        const verdict = answers[index];
        if (verdict === undefined) throw new Error('the API server gave fewer verdicts than it was asked for');
        verdicts.set(subject, verdict);
        if (subject.origin.kind === 'file' && verdict.kind === 'accepted') accepted(subject.platform).add(json);
      }
      onProgress((done += batch.length), total);
    }
  }
  return subjects.flatMap((subject) => verdicts.get(subject) ?? []);
}
