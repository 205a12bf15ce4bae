import { describe, expect, it } from 'vitest';

import { specDifference, type SpecDifference } from './spec-difference.js';

type Spec = Readonly<Record<string, unknown>>;

const JOB: Spec = { jarURI: 'local:///a.jar', parallelism: 2, args: ['--a'], state: 'running', upgradeMode: 'savepoint', savepointRedeployNonce: 1 };
const SETTINGS: Spec = { 'execution.checkpointing.interval': '60s', 'kubernetes.operator.periodic.savepoint.interval': '1h' };
const spec: Spec = {
  image: 'a@sha256:1',
  flinkVersion: 'v2_2',
  mode: 'native',
  restartNonce: 1,
  flinkConfiguration: SETTINGS,
  taskManager: { resource: { memory: '2048m', cpu: 1 }, replicas: 2 },
  podTemplate: { spec: { containers: [{ name: 'flink-main-container', env: [{ name: 'A', value: '1' }] }] } },
  job: JOB,
};
const job = (more: Spec): Spec => ({ ...spec, job: { ...JOB, ...more } });
const settings = (more: Spec): Spec => ({ ...spec, flinkConfiguration: { ...SETTINGS, ...more } });
const without = (from: Spec, key: string): Spec => Object.fromEntries(Object.entries(from).filter(([name]) => name !== key));

describe('what the Flink operator does about a change of a spec (R32)', () => {
  it.each<readonly [what: string, difference: SpecDifference, after: Spec]>([
    ['nothing changes', 'nothing', structuredClone(spec)],
    ['upgradeMode', 'nothing', job({ upgradeMode: 'last-state' })],
    ['initialSavepointPath', 'nothing', job({ initialSavepointPath: 's3://b/x' })],
    ['allowNonRestoredState', 'nothing', job({ allowNonRestoredState: true })],
    ['autoscalerResetNonce', 'nothing', job({ autoscalerResetNonce: 4 })],
    ['deprecated nonces', 'nothing', job({ savepointTriggerNonce: 4, checkpointTriggerNonce: 4 })],
    ["the operator's own settings", 'nothing', settings({ 'kubernetes.operator.periodic.savepoint.interval': '2h', 'kubernetes.operator.x': '1' })],
    ["the autoscaler's settings", 'nothing', settings({ 'job.autoscaler.enabled': 'true' })],
    ['parallelism.default', 'nothing', settings({ 'parallelism.default': '7' })],
    ['a restartNonce that goes away', 'nothing', without(spec, 'restartNonce')],
    ['a savepointRedeployNonce that goes away', 'nothing', { ...spec, job: without(JOB, 'savepointRedeployNonce') }],
    [
      'the same settings, nested',
      'nothing',
      {
        ...spec,
        flinkConfiguration: { execution: { checkpointing: { interval: '60s' } }, 'kubernetes.operator.periodic.savepoint.interval': '1h' },
      },
    ],
    ['a default that is spelled out', 'nothing', { ...spec, job: without(JOB, 'state') }],
    ['overrides of parallelism by vertex', 'scale', settings({ 'pipeline.jobvertex-parallelism-overrides': 'a:2' })],
    ['parallelism', 'redeploy', job({ parallelism: 4 })],
    ['a raised restartNonce', 'redeploy', { ...spec, restartNonce: 2 }],
    ['a raised savepointRedeployNonce', 'redeploy', job({ savepointRedeployNonce: 2 })],
    ['an argument', 'redeploy', job({ args: ['--b'] })],
    ['the image', 'redeploy', { ...spec, image: 'a@sha256:2' }],
    ["a setting of Flink's", 'redeploy', settings({ 'execution.checkpointing.interval': '10s' })],
    ["a setting of Flink's that goes away", 'redeploy', { ...spec, flinkConfiguration: {} }],
    ['memory', 'redeploy', { ...spec, taskManager: { resource: { memory: '4096m', cpu: 1 }, replicas: 2 } }],
    ['the pod template', 'redeploy', { ...spec, podTemplate: {} }],
    ['a field that nobody knows yet', 'redeploy', { ...spec, podDisruption: {} }],
    ['one that counts among many that do not', 'redeploy', { ...job({ upgradeMode: 'stateless', parallelism: 3 }) }],
  ])('%s: %s', (_what, difference, after) => {
    expect(specDifference(spec, after)).toBe(difference);
  });

  it('scales a standalone cluster in place, by parallelism and by replicas', () => {
    const standalone = { ...spec, mode: 'standalone' };
    expect(specDifference(standalone, { ...job({ parallelism: 4 }), mode: 'standalone' })).toBe('scale');
    expect(specDifference(standalone, { ...standalone, taskManager: { resource: { memory: '2048m', cpu: 1 }, replicas: 3 } })).toBe('scale');
    expect(specDifference(standalone, { ...standalone, taskManager: { resource: { memory: '1024m', cpu: 1 }, replicas: 3 } })).toBe('redeploy');
  });
});
