import { describe, expect, it } from 'vitest';

import { isEmpty } from '../changes.js';
import { memoryFiles } from '../files/memory.js';
import { refusalOf, textAt, withFiles } from '../repository.fixture.js';
import { planSync } from '../run-command.js';
import { EXAMPLE, repository, type Repository } from '../testing.js';

const containing = (text: string): unknown => expect.stringContaining(text);
const MILLRACE = 'millrace.yaml';
const PROD = 'environments/prod/environment.yaml';
const example = repository([...EXAMPLE]);
const adding = (files: Repository, path: string, text: string) => withFiles(files, { [path]: `${textAt(files, path)}${text}` });
const refused = (files: Repository) => refusalOf(() => planSync(memoryFiles(files))).problems;
const messages = (files: Repository) => refused(files).map(({ message }) => message);

describe('a hub', () => {
  it('is an environment', () => {
    expect(refused(adding(example, MILLRACE, 'argocd: {hub: main}\n'))).toMatchObject([
      { file: MILLRACE, message: 'there is no environment main', remedy: 'Write one of dev, prod, staging: the one in whose cluster Argo CD runs.' },
    ]);
  });

  it('has one cluster of its own: environments that all call theirs by that name share it', () => {
    const hub = adding(example, MILLRACE, 'argocd: {hub: prod}\n');
    expect(messages(hub)).toContain('prod and dev share the cluster https://kubernetes.default.svc and the namespace kafka');
  });
});

describe('owners', () => {
  it('are named where a forge reads them', () => {
    const inFolder = adding(
      withFiles(example, { [MILLRACE]: textAt(example, MILLRACE).replace('repository:\n', 'repository:\n  path: platform/streaming\n') }),
      PROD,
      "owners: ['@acme/sre']\n",
    );
    expect(messages(inFolder)).toEqual(['owners are named, and forges read CODEOWNERS at the root of the git repository only, outside of platform/streaming']);
  });

  it('are users, teams or addresses', () => {
    expect(messages(adding(example, PROD, 'owners: [sre]\n'))).toEqual([expect.stringContaining('an owner is @user, @organisation/team or an email address')]);
  });

  it('are written for the forge, and removed when nobody is named any more', () => {
    const named = adding(example, PROD, "owners: ['@acme/sre']\n");
    const { changes } = planSync(memoryFiles(named));
    const written = changes.create.find(({ path }) => path === 'CODEOWNERS');
    expect(written?.text).toContain('/environments/prod/ @acme/sre\n');
    const without = withFiles(example, { CODEOWNERS: written?.text ?? '' });
    expect(planSync(memoryFiles(without)).changes.delete.map(({ path }) => path)).toEqual(['CODEOWNERS']);
  });

  it('are not written where GitHub reads another file, but where that is a link to theirs', () => {
    const declared = adding(example, PROD, "owners: ['@acme/sre']\n");
    const github = { '.github/CODEOWNERS': '* @acme/everybody\n' };
    const { changes } = planSync(memoryFiles(withFiles(declared, github)));
    expect(changes.refused).toMatchObject([{ file: 'CODEOWNERS', message: containing('GitHub reads .github/CODEOWNERS') }]);
    expect(changes.create).toEqual([]);
    const text = planSync(memoryFiles(declared)).changes.create[0]?.text ?? '';
    expect(isEmpty(planSync(memoryFiles(withFiles(declared, { CODEOWNERS: text, '.github/CODEOWNERS': text }))).changes)).toBe(true);
    expect(isEmpty(planSync(memoryFiles(withFiles(example, github))).changes)).toBe(true);
  });

  it('leave a file alone that a person wrote', () => {
    const own = withFiles(adding(example, PROD, "owners: ['@acme/sre']\n"), { CODEOWNERS: '* @acme/everybody\n' });
    expect(planSync(memoryFiles(own)).changes.refused).toMatchObject([{ file: 'CODEOWNERS', message: containing('Millrace did not write it') }]);
  });
});

describe('a sync window', () => {
  it.each([
    ['of six fields', '{kind: deny, schedule: 0 0 18 * * 5, duration: 8h}', 'it has 6 fields instead of five'],
    ['on a day that there is not', "{kind: deny, schedule: '0 18 * * 7', duration: 8h}", '"7" is no day of week (0 to 6) (for example 0 18 * * 5)'],
    ['without a unit', '{kind: deny, schedule: 0 18 * * 5, duration: "8"}', 'a duration is written as 8h, 30m or 1h30m'],
    ['in a time zone that there is not', '{kind: deny, schedule: 0 18 * * 5, duration: 8h, timeZone: Europe/Berlinn}', 'Argo CD would take this for UTC'],
    ['of another kind', '{kind: freeze, schedule: 0 18 * * 5, duration: 8h}', 'kind'],
  ])('%s is refused', (_what, window, expected) => {
    expect(messages(adding(example, PROD, `argocd: {syncWindows: [${window}]}\n`)).join('\n')).toContain(expected);
  });
});
