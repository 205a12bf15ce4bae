import { isDeepStrictEqual } from 'node:util';

import { isMapping } from '@millrace/model';

/**
 * What a change of a Flink resource's spec makes the operator do (R32): nothing, scale in place, or stop the job or the
 * cluster and deploy it again.
 */
export type SpecDifference = 'nothing' | 'scale' | 'redeploy';

type Mapping = Readonly<Record<string, unknown>>;

/** Fields whose change has no effect until something else redeploys the job (JobSpec.java). */
const IGNORED = ['savepointTriggerNonce', 'checkpointTriggerNonce', 'initialSavepointPath', 'upgradeMode', 'allowNonRestoredState', 'autoscalerResetNonce'];
/** Settings by prefix that are the operator's own, or taken over by it (AbstractFlinkSpec.java). */
const IGNORED_SETTINGS = ['job.autoscaler', 'parallelism.default', 'kubernetes.operator'];
const SCALING_SETTING = 'pipeline.jobvertex-parallelism-overrides';

/**
 * The difference between two specs of a FlinkDeployment or a FlinkSessionJob, as Flink Kubernetes Operator 1.15 sees it
 * (ReflectiveDiffBuilder.java and the SpecDiff annotations of the spec's classes). Nonces that go away do nothing.
 */
export function specDifference(before: Mapping, after: Mapping): SpecDifference {
  const standalone = after['mode'] === 'standalone';
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return most(
    [...fields].map((field): SpecDifference => {
      const [old, now] = [before[field], after[field]];
      if (field === 'flinkConfiguration') return settingsDifference(flat(old), flat(now), standalone);
      if (field === 'restartNonce') return now === undefined || now === old ? 'nothing' : 'redeploy';
      if (field === 'job' && isMapping(old) && isMapping(now)) return jobDifference(old, now, standalone);
      if (field === 'taskManager' && isMapping(old) && isMapping(now) && standalone) {
        const { replicas: fewer, ...oldRest } = old;
        const { replicas: more, ...nowRest } = now;
        return most([isDeepStrictEqual(fewer, more) ? 'nothing' : 'scale', isDeepStrictEqual(oldRest, nowRest) ? 'nothing' : 'redeploy']);
      }
      return isDeepStrictEqual(old, now) ? 'nothing' : 'redeploy';
    }),
  );
}

function jobDifference(before: Mapping, after: Mapping, standalone: boolean): SpecDifference {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return most(
    [...fields].map((field): SpecDifference => {
      const [old, now] = [before[field] ?? DEFAULTS[field], after[field] ?? DEFAULTS[field]];
      if (IGNORED.includes(field) || isDeepStrictEqual(old, now)) return 'nothing';
      if (field === 'savepointRedeployNonce' && now === undefined) return 'nothing';
      return field === 'parallelism' && standalone ? 'scale' : 'redeploy';
    }),
  );
}

/** What the operator takes for a field of the job that is not there. */
const DEFAULTS: Mapping = { state: 'running', args: [] };

function settingsDifference(before: Mapping, after: Mapping, standalone: boolean): SpecDifference {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return most(
    [...keys].map((key): SpecDifference => {
      if (before[key] === after[key] || IGNORED_SETTINGS.some((prefix) => key.startsWith(prefix))) return 'nothing';
      return key.startsWith(SCALING_SETTING) && !standalone ? 'scale' : 'redeploy';
    }),
  );
}

/** Settings by their whole names: the operator takes nested mappings too (R31). */
function flat(settings: unknown, prefix = ''): Mapping {
  if (!isMapping(settings)) return {};
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, value]) =>
      isMapping(value) ? Object.entries(flat(value, `${prefix}${key}.`)) : [[`${prefix}${key}`, typeof value === 'string' ? value : JSON.stringify(value)]],
    ),
  );
}

const ORDER: readonly SpecDifference[] = ['nothing', 'scale', 'redeploy'];

function most(differences: readonly SpecDifference[]): SpecDifference {
  return ORDER.findLast((one) => differences.includes(one)) ?? 'nothing';
}
