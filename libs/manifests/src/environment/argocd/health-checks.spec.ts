import { readFileSync, readdirSync } from 'node:fs';

import fc from 'fast-check';
import { LuaFactory, type LuaEngine } from 'wasmoon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';

import { HEALTH_CHECKS, healthChecks } from './health-checks.js';

const sampleSchema = z.array(
  z.strictObject({
    when: z.string(),
    object: z.record(z.string(), z.unknown()),
    is: z.string(),
    says: z.string().optional(),
  }),
);

const scripts = healthChecks(1);
const tables = HEALTH_CHECKS.map((groupKind) => {
  const text = readFileSync(new URL(`./health-samples/${groupKind}.yaml`, import.meta.url), 'utf8');
  return { groupKind, script: scripts[`resource.customizations.health.${groupKind}`] ?? '', samples: sampleSchema.parse(parse(text)) };
});

let lua: LuaEngine;
beforeAll(async () => {
  lua = await new LuaFactory().createEngine({ enableProxy: false });
  // What Argo CD opens for a customization is base, table and two functions of os (util/lua/lua.go): no string, no math.
  await lua.doString('debug.setmetatable("", nil)\nos = {time = os.time, date = os.date}\nstring, math, io, utf8, coroutine, debug = nil');
});
afterAll(() => lua.global.close());

/** A value as Argo CD hands it to a script: null is nil, a list is a table from 1. */
function luaOf(value: unknown): string {
  if (value === null || value === undefined) return 'nil';
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'string') return `"${[...new TextEncoder().encode(value)].map((byte) => `\\${String(byte).padStart(3, '0')}`).join('')}"`;
  const entries = Array.isArray(value)
    ? value.map((item: unknown, index) => `[${index + 1}] = ${luaOf(item)}`)
    : Object.entries(value).map(([key, item]) => `[${luaOf(key)}] = ${luaOf(item)}`);
  return `{${entries.join(', ')}}`;
}

const resultSchema = z.strictObject({ status: z.string(), message: z.string().optional() });

function healthOf(script: string, object: Readonly<Record<string, unknown>>): z.infer<typeof resultSchema> {
  lua.doStringSync(`obj = ${luaOf(object)}`);
  return resultSchema.parse(lua.doStringSync(script));
}

describe('the health of (R50, R51)', () => {
  describe.each(tables)('$groupKind', ({ script, samples }) => {
    it.each(samples)('is $is when $when', ({ object, is, says }) => {
      const health = healthOf(script, object);
      expect(health).toEqual({ status: is, message: expect.stringContaining(says ?? '') });
    });

    it('has a word for each state but that of an Application', () => {
      for (const { object } of samples) if (object['metadata'] !== undefined) expect(healthOf(script, object).message, JSON.stringify(object)).not.toBe('');
    });

    it('is something whatever an object looks like', () => {
      const leaf = fc.oneof(
        fc.constantFrom(null, true, false, 0, 1, 2, '', 'True', 'true', 'Ready', 'RUNNING', 'suspended'),
        fc.string(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
      );
      const names = [...new Set(JSON.stringify(samples).match(/[A-Za-z./-]{3,40}/g))];
      const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
        tree: fc.oneof(
          { maxDepth: 4, withCrossShrink: true },
          leaf,
          fc.array(tie('tree'), { maxLength: 3 }),
          fc.dictionary(fc.constantFrom(...names), tie('tree'), { maxKeys: 4 }),
        ),
      }));
      const object = fc.record({ metadata: tree, spec: tree, status: tree }, { requiredKeys: [] });
      fc.assert(
        fc.property(object, (odd) => {
          expect(healthOf(script, odd).status).not.toBe('');
        }),
        { numRuns: 150 },
      );
    });

    it('is something whatever stands in one place of an object', () => {
      const odd = [null, {}, [], [[]], [null], 'x', '', 7, true, { a: 1 }];
      for (const { object } of samples)
        for (const path of pathsOf(object)) for (const value of odd) expect(healthOf(script, replaced(object, path, value)).status).not.toBe('');
    });

    it('is told in the Lua of Argo CD, with no library that it does not open', () => {
      expect(script).not.toMatch(/\b(?:string|math|io|utf8|debug|coroutine|require|load|goto|print)\b[.(]|\/\/|[&~|](?!=)|:\w+\(/);
      expect(script).toMatch(/^-- /);
    });
  });

  it('can be said of every kind that has samples, and every kind has some', () => {
    const folder = new URL('./health-samples/', import.meta.url);
    expect(
      readdirSync(folder)
        .map((file) => file.replace('.yaml', ''))
        .sort(),
    ).toEqual([...HEALTH_CHECKS].sort());
  });
});

describe('the samples have every state that the operators know', () => {
  const LIFECYCLE = ['CREATED', 'SUSPENDED', 'UPGRADING', 'DEPLOYED', 'STABLE', 'ROLLING_BACK', 'ROLLED_BACK', 'FAILED', 'DELETING', 'DELETED'];
  const RECONCILIATION = ['DEPLOYED', 'UPGRADING', 'ROLLING_BACK', 'ROLLED_BACK'];
  const JOB = ['INITIALIZING', 'CREATED', 'RUNNING', 'FAILING', 'FAILED', 'CANCELLING', 'CANCELED', 'FINISHED', 'RESTARTING', 'SUSPENDED', 'RECONCILING'];
  const JOBMANAGER = ['READY', 'DEPLOYED_NOT_READY', 'DEPLOYING', 'MISSING', 'ERROR'];
  const REBALANCE = ['New', 'PendingProposal', 'ProposalReady', 'Rebalancing', 'Stopped', 'NotReady', 'Ready', 'ReconciliationPaused'];

  it.each([
    ['flink.apache.org_FlinkDeployment', 'lifecycleState', LIFECYCLE],
    ['flink.apache.org_FlinkDeployment', 'jobManagerDeploymentStatus', JOBMANAGER],
    ['flink.apache.org_FlinkDeployment', 'state', [...JOB, ...RECONCILIATION, 'running', 'suspended']],
    ['flink.apache.org_FlinkSessionJob', 'lifecycleState', LIFECYCLE],
    ['flink.apache.org_FlinkSessionJob', 'state', [...JOB, ...RECONCILIATION, 'running', 'suspended']],
    ['flink.apache.org_FlinkStateSnapshot', 'state', ['COMPLETED', 'FAILED', 'IN_PROGRESS', 'TRIGGER_PENDING', 'ABANDONED']],
    ['kafka.strimzi.io_KafkaRebalance', 'type', REBALANCE],
    ['kafka.strimzi.io_Kafka', 'type', ['Ready', 'NotReady', 'Warning', 'ReconciliationPaused']],
    ['kafka.strimzi.io_KafkaUser', 'type', ['Ready', 'NotReady', 'Warning', 'ReconciliationPaused']],
    ['kafka.strimzi.io_KafkaTopic', 'type', ['Ready', 'Unmanaged', 'Warning', 'ReconciliationPaused']],
    ['kafka.strimzi.io_KafkaTopic', 'state', ['pending', 'ongoing']],
  ])('%s: %s', (groupKind, field, states) => {
    const found = new Set(tables.find((table) => table.groupKind === groupKind)?.samples.flatMap(({ object }) => valuesOf(object, field)));
    expect(states.filter((state) => !found.has(state))).toEqual([]);
  });
});

type Path = readonly string[];

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Every place in an object, lists' elements included. */
function pathsOf(value: unknown, at: Path = []): readonly Path[] {
  return isTree(value) ? Object.entries(value).flatMap(([key, item]) => [[...at, key], ...pathsOf(item, [...at, key])]) : [];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): Readonly<Record<string, unknown>> {
  if (key === undefined || !isTree(value)) throw new Error('there is no such place');
  return { ...value, [key]: rest.length === 0 ? by : replacedIn(value[key], rest, by) };
}

function replacedIn(value: unknown, path: Path, by: unknown): unknown {
  const changed = replaced(value, path, by);
  return Array.isArray(value) ? value.map((_item, index) => changed[String(index)]) : changed;
}

function valuesOf(value: unknown, field: string): readonly unknown[] {
  return isTree(value) ? Object.entries(value).flatMap(([key, item]) => (key === field ? [item, ...valuesOf(item, field)] : valuesOf(item, field))) : [];
}
