import { describe, expect, it } from 'vitest';

import { memoryFiles } from '../files/memory.js';
import type { Command } from '../command.js';
import { replaced, textAt, withFiles } from '../repository.fixture.js';
import { planCommand, planSync } from '../run-command.js';
import { after, EXAMPLE, repository, synced, type Repository } from '../testing.js';
import { environment } from './environment.js';
import { platform } from './platform.js';

const containing = (text: string): unknown => expect.stringContaining(text);
const PROD = 'environments/prod/environment.yaml';
const KAFKA = 'environments/prod/kafka/kafka.yaml';

/** prod as it was made with the older set. */
const old = (() => {
  const example = repository(EXAMPLE);
  const declared = withFiles(example, { [PROD]: textAt(example, PROD).replace('platform: "2026.11"', 'platform: "2026.08"') });
  const { changes } = planSync(memoryFiles(declared));
  return withFiles(declared, Object.fromEntries(changes.update.map(({ path, text }) => [path, text])));
})();

describe('a move to another tested set', () => {
  const { changes, notices } = planCommand(memoryFiles(old), platform, { name: '2026.11', environment: 'prod' });

  it('R21: changes the operators, and leaves Kafka as it is', () => {
    expect(textAt(old, KAFKA)).toContain('version: "4.3.0"');
    expect(changes.update.map(({ path }) => path)).toContain(PROD);
    expect(changes.update.map(({ path }) => path).filter((path) => path.startsWith('environments/prod/kafka/'))).toEqual([]);
    expect(textAt(after(old, 'platform', { name: '2026.11', environment: 'prod' }), PROD)).toMatch(/^ {2}version: "?4\.3\.0"?$/m);
  });

  it('R5: says how Kafka follows, one step at a time', () => {
    expect(notices).toMatchObject([
      {
        file: PROD,
        message: containing('kafka.version is pinned to 4.3.0'),
        remedy: containing('Kafka goes to 4.3.1'),
      },
    ]);
  });

  it('pins nothing where nothing changes', () => {
    const there = after(old, 'platform', { name: '2026.11', environment: 'prod' });
    expect(planCommand(memoryFiles(there), platform, { name: '2026.11', environment: 'prod' }).notices).toEqual([]);
  });
});

describe('a move to an older set', () => {
  const newer = after(old, 'platform', { name: '2026.11', environment: 'prod' });
  const said = (files: Repository, command: Command, options: object) => planCommand(memoryFiles(files), command, options).notices;

  it('says that it is a downgrade, and of which operators', () => {
    for (const notices of [said(newer, platform, { name: '2026.08', environment: 'prod' }), said(newer, environment, { name: 'prod', platform: '2026.08' })]) {
      expect(notices).toMatchObject([
        {
          file: PROD,
          message: 'this is a downgrade: cert-manager goes from 1.21.2 back to 1.20.3, strimzi goes from 1.2.0 back to 1.1.0, each with its definitions',
          remedy: containing('do not go back'),
        },
      ]);
    }
  });

  it('says nothing of operators that somebody else keeps', () => {
    const foreign = replaced(newer, PROD, 'operators: managed', 'operators: provided');
    expect(said(foreign, platform, { name: '2026.08', environment: 'prod' })).toEqual([]);
    const own = synced(replaced(newer, PROD, 'kafka:\n', 'operators:\n  cert-manager: {managed: false}\nkafka:\n'));
    expect(said(own, platform, { name: '2026.08', environment: 'prod' })[0]?.message).toMatch(/^this is a downgrade: strimzi goes/);
  });
});
