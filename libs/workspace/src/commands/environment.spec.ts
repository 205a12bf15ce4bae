import { describe, expect, it } from 'vitest';

import { memoryFiles } from '../files/memory.js';
import { refusalOf, textAt, withFiles } from '../repository.fixture.js';
import { planCommand } from '../run-command.js';
import { after, EXAMPLE, repository, type Repository } from '../testing.js';
import { environment } from './environment.js';

const containing = (text: string): unknown => expect.stringContaining(text);
const PROD = 'environments/prod/environment.yaml';
const example = repository(EXAMPLE);

function refused(options: Readonly<Record<string, unknown>>, files: Repository = example) {
  const { kind, problems } = refusalOf(() => after(files, 'environment', options));
  return { kind, message: problems[0]?.message, remedy: problems[0]?.remedy };
}

describe('environment', () => {
  it('asks a new one for its mode and storage, and one that is there for nothing', () => {
    expect(refused({ name: 'qa', promotesFrom: 'dev' })).toMatchObject({
      kind: 'usage',
      message: 'there is no environment qa: a new one needs --mode and --storage',
    });
    expect(refused({ name: 'qa', promotesFrom: 'dev', mode: 'session' }).message).toBe('there is no environment qa: a new one needs --storage');
    const now = after(example, 'environment', { name: 'prod', server: 'https://prod.acme.example:6443' });
    expect(textAt(now, PROD)).toBe(textAt(example, PROD).replace('https://kubernetes.default.svc', 'https://prod.acme.example:6443'));
  });

  it('R21: pins Kafka where it moves to another tested set, and says so as platform does', () => {
    const old = withFiles(example, { [PROD]: textAt(example, PROD).replace('platform: "2026.11"', 'platform: "2026.08"') });
    const moved = planCommand(memoryFiles(old), environment, { name: 'prod', platform: '2026.11' });
    expect(moved.notices).toMatchObject([{ file: PROD, message: containing('kafka.version is pinned to 4.3.0') }]);
    expect(textAt(after(old, 'environment', { name: 'prod', platform: '2026.11' }), PROD)).toBe(
      textAt(after(old, 'platform', { name: '2026.11', environment: 'prod' }), PROD),
    );
  });

  it('says where --flink-version would change nothing', () => {
    expect(refused({ name: 'dev', flinkVersion: 'v1_20' })).toMatchObject({
      kind: 'usage',
      message: 'no session cluster of dev is new: --flink-version changes none that is there',
      remedy: 'Add one: millrace session <name> --environment dev --team <team> --flink-version v1_20',
    });
    expect(refused({ name: 'prod', flinkVersion: 'v1_20' })).toMatchObject({
      kind: 'usage',
      message: containing('prod is of mode application'),
    });
  });
});
