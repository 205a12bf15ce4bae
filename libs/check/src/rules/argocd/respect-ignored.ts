import { listAt, textAt, textsAt } from '../../field.js';
import type { ResourceRule } from '../../rule.js';
import { deliverySyncOptions, hasOption } from './annotations.js';
import { WITH_APPLICATION_SPEC, applicationSpec } from './application-spec.js';
import { applicationExample } from './application-example.js';

const BY_HAND = /\bspec[/.](?:job[/.](?:state|upgradeMode|savepointTriggerNonce|checkpointTriggerNonce)|restartNonce)$/;

export const respectIgnored: ResourceRule = {
  id: 'argocd/respect-ignored',
  severity: 'warning',
  title: 'A field of a Flink job that is left to people is left out of the sync too',
  source: 'R56; argo-cd, controller/sync.go (RespectIgnoreDifferences): ignoring a difference does not keep a sync from writing the field',
  consequence: 'The next sync for any other reason sets the field back: a job that was suspended by hand runs again.',
  fix: 'Add `RespectIgnoreDifferences=true` to spec.syncPolicy.syncOptions.',
  reach: 'resource',
  on: WITH_APPLICATION_SPEC,
  *check(subject) {
    const { at, spec } = applicationSpec(subject);
    if (hasOption(deliverySyncOptions(subject), 'RespectIgnoreDifferences=true')) return;
    for (const [index, entry] of listAt(spec, 'ignoreDifferences').entries()) {
      if (textAt(entry, 'group') !== 'flink.apache.org') continue;
      const pointer = [...textsAt(entry, 'jsonPointers'), ...textsAt(entry, 'jqPathExpressions')].find((text) => BY_HAND.test(text));
      if (pointer === undefined) continue;
      yield { path: [...at, 'ignoreDifferences', index], message: `${pointer} is ignored in the comparison, but written by every sync` };
    }
  },
  passes: applicationExample(`
ignoreDifferences:
  - {group: flink.apache.org, kind: FlinkDeployment, jsonPointers: [/spec/job/state]}
syncPolicy: {syncOptions: [RespectIgnoreDifferences=true]}`),
  fails: applicationExample(`
ignoreDifferences:
  - {group: flink.apache.org, kind: FlinkDeployment, jsonPointers: [/spec/job/state]}
syncPolicy: {automated: {selfHeal: true}}`),
};
