import { isPlaceholder } from '../../placeholder.js';
import type { Offence, ResourceRule } from '../../rule.js';
import { deliverySyncOptions, ownSyncOptions, type SyncOption } from './annotations.js';
import { WITH_APPLICATION_SPEC } from './application-spec.js';
import { applicationExample } from './application-example.js';

const SWITCH = ['true', 'false'];
const CONFIRMED = ['true', 'false', 'confirm'];
const OPTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['ApplyOutOfSyncOnly', SWITCH],
  ['ClientSideApplyMigration', SWITCH],
  ['CreateNamespace', SWITCH],
  ['Delete', CONFIRMED],
  ['FailOnSharedResource', SWITCH],
  ['Force', SWITCH],
  ['Prune', CONFIRMED],
  ['PruneLast', SWITCH],
  ['PrunePropagationPolicy', ['foreground', 'background', 'orphan']],
  ['Replace', SWITCH],
  ['RespectIgnoreDifferences', SWITCH],
  ['ServerSideApply', SWITCH],
  ['SkipDryRunOnMissingResource', SWITCH],
  ['Validate', SWITCH],
]);

export const syncOptions: ResourceRule = {
  id: 'argocd/sync-options',
  severity: 'error',
  title: 'Sync options are written as Argo CD reads them, each once',
  source:
    'R57; argo-cd, gitops-engine sync/common/types.go and resource/annotations.go: compared letter by letter, separated by commas; the first of two values wins',
  consequence: 'Argo CD ignores an option that it does not know, without a word: what was to be kept is pruned.',
  fix: 'Write the option as Argo CD spells it: `Prune=confirm,Delete=confirm`, all in one annotation.',
  reach: 'resource',
  on: 'any',
  *check(subject) {
    yield* judged(ownSyncOptions(subject));
    if (WITH_APPLICATION_SPEC.includes(subject.groupKind)) yield* judged(deliverySyncOptions(subject));
  },
  passes: applicationExample('syncPolicy: {syncOptions: [ServerSideApply=true, FailOnSharedResource=true]}'),
  fails: applicationExample('syncPolicy: {syncOptions: [serverSideApply=true, FailOnSharedResource=true]}'),
};

function* judged(options: readonly SyncOption[]): Generator<Offence> {
  const before = new Map<string, string>();
  for (const { text, path } of options) {
    if (text === '' || isPlaceholder(text)) continue;
    const wrong = misspelt(text);
    if (wrong !== undefined) {
      yield { path, message: `"${text}" is no sync option that Argo CD knows`, fix: `Write \`${wrong}\`.` };
      continue;
    }
    const [name = '', value = ''] = text.split('=');
    const earlier = before.get(name);
    if (earlier !== undefined && earlier !== value) yield { path, message: `the sync option ${name} is both ${earlier} and ${value}` };
    before.set(name, earlier ?? value);
  }
}

/** How an option is meant that only nearly is one. Names that are like none may be of a newer Argo CD. */
function misspelt(text: string): string | undefined {
  const [, name = '', value] = /^\s*(\w+)\s*(?:[=:]\s*(.*?)\s*)?$/s.exec(text) ?? [];
  const known = [...OPTIONS.keys()].find((option) => option.toLowerCase() === name.toLowerCase());
  if (known === undefined) return undefined;
  const values = OPTIONS.get(known) ?? [];
  const meant = values.find((option) => option === value?.toLowerCase()) ?? (known === 'Prune' || known === 'Delete' ? 'confirm' : (values[0] ?? ''));
  const right = `${known}=${meant}`;
  return right === text ? undefined : right;
}
