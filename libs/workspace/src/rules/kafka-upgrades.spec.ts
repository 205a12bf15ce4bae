import { describe, expect, it } from 'vitest';

import { memoryFiles } from '../files/memory.js';
import { changed, replaced, textAt, withFiles } from '../repository.fixture.js';
import { planSync } from '../run-command.js';
import { after, EXAMPLE, repository, type Repository } from '../testing.js';

const PROD = 'environments/prod/environment.yaml';
const synced = (files: Repository): Repository => changed(files, planSync(memoryFiles(files)).changes);
const notices = (files: Repository) => planSync(memoryFiles(files)).notices.filter(({ file }) => file === PROD);

const example = repository(EXAMPLE);
/** prod as it was made with the older set. */
const old = synced(withFiles(example, { [PROD]: textAt(example, PROD).replace('platform: "2026.11"', 'platform: "2026.08"') }));

describe('sync says of an upgrade of Kafka that it is one step with what has to come before', () => {
  it('R21: its operator, where somebody edits platform by hand', () => {
    expect(notices(replaced(old, PROD, 'platform: "2026.08"', 'platform: "2026.11"'))).toEqual([
      {
        file: PROD,
        message: 'environments/prod/kafka/kafka.yaml changes version from 4.3.0 to 4.3.1 together with Strimzi, which is upgraded first, Kafka after it (R21)',
        remedy: `Pin what runs now in ${PROD}, as millrace platform does (version: "4.3.0"), and take it out in commits of their own.`,
      },
    ]);
  });

  it('R5: version and metadata version at once', () => {
    const pinned = synced(replaced(example, PROD, 'kafka:\n', 'kafka:\n  version: "4.2.1"\n  metadataVersion: 4.2-IV1\n'));
    expect(notices(replaced(pinned, PROD, '  version: "4.2.1"\n  metadataVersion: 4.2-IV1\n', ''))).toMatchObject([
      { file: PROD, message: expect.stringContaining('metadataVersion from 4.2-IV1 to 4.3-IV0 at once') },
    ]);
    expect(notices(replaced(pinned, PROD, '  version: "4.2.1"\n', ''))).toEqual([]);
  });

  it('nothing of one that takes its steps: by the command, then one pin after the other', () => {
    const moved = after(old, 'platform', { name: '2026.11', environment: 'prod' });
    expect(notices(moved)).toEqual([]);
    expect(notices(withFiles(moved, { [PROD]: textAt(moved, PROD).replace(/^ {2}version: .*\n/m, '') }))).toEqual([]);
  });
});
