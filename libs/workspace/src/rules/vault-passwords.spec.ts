import { expect, it } from 'vitest';

import { memoryFiles } from '../files/memory.js';
import { replaced } from '../repository.fixture.js';
import { planSync } from '../run-command.js';
import { EXAMPLE, repository, synced, type Repository } from '../testing.js';

const DEV = 'environments/dev/environment.yaml';
const STRIMZI = 'credentials: external-secrets';
const VAULT = 'credentials: {vault: {secretStore: {name: vault}, path: streaming}}';
const notices = (files: Repository) => planSync(memoryFiles(files)).notices;

const containing = (text: string): unknown => expect.stringContaining(text);

const example = repository(EXAMPLE);

it('R68: sync says that a running job keeps its password when the passwords come from a vault, once', () => {
  const moved = replaced(example, DEV, STRIMZI, VAULT);
  expect(notices(moved)).toMatchObject([{ file: DEV, remedy: containing('Put the present passwords into the vault') }]);
  const there = synced(moved);
  expect(notices(there)).toEqual([]);
  expect(notices(replaced(there, DEV, VAULT, STRIMZI))).toEqual([]);
});
