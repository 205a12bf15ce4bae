import { describe, expect, it } from 'vitest';

import { readManifests } from '../../sources/read-manifests.js';
import type { Subject } from '../../subject.js';
import { Universe } from '../../universe.js';
import { argocdRules } from './index.js';
import { settingsExample } from './settings-example.js';

function subjectsOf(text: string, file = 'argocd/all.yaml'): readonly Subject[] {
  const reading = readManifests(file, text);
  if (reading.kind !== 'manifests') throw new Error(JSON.stringify(reading));
  return reading.subjects;
}

function said(id: string, ...subjects: readonly (readonly Subject[])[]): readonly string[] {
  const rule = argocdRules.find((each) => each.id === id);
  if (rule?.reach !== 'references' && rule?.reach !== 'resource') throw new Error(id);
  const all = subjects.flat();
  const universe = new Universe(all);
  return all
    .filter(({ groupKind }) => rule.on === 'any' || rule.on.includes(groupKind))
    .flatMap((subject) => [...(rule.reach === 'resource' ? rule.check(subject) : rule.check(subject, universe))].map(({ message }) => message));
}

const settings = (data: string, file = 'argocd/cm.yaml'): readonly Subject[] => subjectsOf(settingsExample(data), file);
const some = (apiVersion: string, ...kinds: readonly string[]): readonly Subject[] =>
  kinds.flatMap((kind) => subjectsOf(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x, namespace: y}\n`, `${kind}.yaml`));
const child = (name: string, wave: string | undefined, file = `apps/${name}.yaml`): readonly Subject[] =>
  subjectsOf(
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd${wave === undefined ? '' : `, annotations: {argocd.argoproj.io/sync-wave: "${wave}"}`}}\n`,
    file,
  );
const health = (groupKind: string, script = 'return {status = "Healthy"}'): string =>
  `resource.customizations.health.${groupKind}: |\n${script.replaceAll(/^/gm, '  ')}`;

describe('R49: tracking', () => {
  it('is found by label only, and only in what Argo CD reads', () => {
    expect(said('argocd/tracking-method', settings('application.resourceTrackingMethod: label'))).toHaveLength(1);
    for (const method of ['annotation', 'annotation+label', "''", "'${METHOD}'"])
      expect(said('argocd/tracking-method', settings(`application.resourceTrackingMethod: ${method}`))).toEqual([]);
    expect(said('argocd/tracking-method', settings('url: https://argocd.acme.example'))).toEqual([]);
    const unread = settingsExample('application.resourceTrackingMethod: label').replace('labels:', 'annotations:');
    expect(said('argocd/tracking-method', subjectsOf(unread))).toEqual([]);
    expect(said('argocd/tracking-method', subjectsOf(unread.replace('annotations:', 'labels:').replace('argocd-cm', 'other')))).toEqual([]);
  });
});

describe('R51: the health of an Application', () => {
  const none = settings('url: https://argocd.acme.example');

  it('is asked for where Applications that lie together have waves', () => {
    expect(said('argocd/application-health', none, child('a', '0'), child('b', '10'))).toEqual([
      'Application b is in a later wave than a, and would not wait for it: an Application has no health here',
    ]);
    expect(said('argocd/application-health', none, child('b', '10'), child('a', undefined))).toHaveLength(1);
    expect(said('argocd/application-health', none, child('a', '10'), child('b', '10'))).toEqual([]);
    expect(said('argocd/application-health', none, child('a', undefined), child('b', undefined))).toEqual([]);
    expect(said('argocd/application-health', none, child('a', '0'), child('b', '10', 'others/b.yaml'))).toEqual([]);
    expect(said('argocd/application-health', child('a', '0'), child('b', '10'))).toEqual([]);
  });

  it.each([
    health('argoproj.io_Application'),
    'resource.customizations: |\n  argoproj.io/Application:\n    health.lua: return {status = "Healthy"}',
    'resource.customizations: |\n  "argoproj.io/*":\n    health.lua: return {status = "Healthy"}',
  ])('is there with %s', (data) => {
    expect(said('argocd/application-health', settings(data), child('a', '0'), child('b', '10'))).toEqual([]);
  });

  it('is not asked for where there are several Argo CDs', () => {
    expect(said('argocd/application-health', none, settings('url: https://b', 'b/cm.yaml'), child('a', '0'), child('b', '10'))).toEqual([]);
  });
});

describe('R50: the health of what is used', () => {
  const used = [...some('kafka.strimzi.io/v1', 'KafkaNodePool', 'KafkaTopic', 'Kafka', 'KafkaUser'), ...some('flink.apache.org/v1beta1', 'FlinkDeployment')];

  it('is asked for once a part of it is told', () => {
    expect(said('argocd/health-check', settings('url: https://argocd.acme.example'), used)).toEqual([]);
    expect(said('argocd/health-check', settings(health('argoproj.io_Application')), used)).toEqual([]);
    expect(said('argocd/health-check', settings(health('kafka.strimzi.io_Kafka')), used)).toEqual([
      'kafka.strimzi.io/KafkaNodePool is used and has no health check here: Argo CD has none of its own',
      "flink.apache.org/FlinkDeployment is used and has no health check here: Argo CD's own takes a failed job for healthy",
      "kafka.strimzi.io/KafkaTopic is used and has no health check here: Argo CD's own waits for ever where the Topic Operator refuses something",
    ]);
    expect(said('argocd/health-check', settings(health('kafka.strimzi.io_KafkaNodePool')), some('kafka.strimzi.io/v1', 'KafkaNodePool', 'KafkaUser'))).toEqual(
      [],
    );
  });

  it('is told by a pattern too', () => {
    const all =
      'resource.customizations: |\n  "*.strimzi.io/*":\n    health.lua: return {status = "Healthy"}\n  flink.apache.org/*:\n    health.lua: return {}';
    expect(said('argocd/health-check', settings(all), used)).toEqual([]);
  });
});

describe('R50: a health check', () => {
  it.each([
    ['return {status = "Healthy"}'],
    ['local string = {find = function() end}\nlocal x = string.find()\nreturn {status = "Healthy", message = os.date()}'],
    ['local t = {{1, 2}, {3}}\ngoto done\n::done::\nreturn {status = "Healthy"}'],
    ['-- string.find(x)\nlocal text = "string.find"\nreturn {status = text}'],
    ['for i, c in ipairs(obj.status.conditions) do\n  if c.type == "Ready" and not c.math then table.insert({}, i) end\nend\nreturn {}'],
    ['return {status = "${STATUS}", message = string.format("x")}'],
  ])('may be %j', (script) => {
    expect(said('argocd/health-script', settings(health('a.example_B', script)))).toEqual([]);
  });

  it.each([
    ['return {status = "Healthy"', "the health check of a.example/B fails: line 2: '}' expected near '<eof>'"],
    ['local x = 1\nif x = 2 then end', "the health check of a.example/B fails: line 2: 'then' expected near '='"],
    ['local a = 7 // 2', "the health check of a.example/B fails: line 1: <expression> expected near '/'"],
    ['return {status = string.upper("x")}', 'the health check of a.example/B fails: line 1: the library string is not open'],
    [
      'local m = obj.status.m\nif m:match("x") then return {} end',
      'the health check of a.example/B fails: line 2: a text has no match, since the library string is not open',
    ],
    ['return {status = math.floor(1)}', 'the health check of a.example/B fails: line 1: the library math is not open'],
    ['return {message = os.getenv("HOME")}', 'the health check of a.example/B fails: line 1: os.getenv is not there, only os.time and os.date'],
  ])('may not be %j', (script, message) => {
    expect(said('argocd/health-script', settings(health('a.example_B', script)))).toEqual([message]);
  });

  it('has the libraries that are opened for it', () => {
    const data = `${health('a.example_B', 'return {status = string.upper("x")}')}\nresource.customizations.useOpenLibs.a.example_B: "true"`;
    expect(said('argocd/health-script', settings(data))).toEqual([]);
    expect(said('argocd/health-script', settings(data.replace('"true"', '"false"')))).toHaveLength(1);
    const inOne = (open: string): string =>
      `resource.customizations: |\n  a.example/B:\n    health.lua.useOpenLibs: ${open}\n    health.lua: return {status = string.upper("x")}`;
    expect(said('argocd/health-script', settings(inOne('true')))).toEqual([]);
    expect(said('argocd/health-script', settings(inOne('false')))).toHaveLength(1);
  });

  it.each(['resource.customizations: "{"', 'resource.customizations: "[]"', 'resource.customizations: a', 'resource.customizations.health.: x', 'x: {y: z}'])(
    'is not looked for in %s',
    (data) => {
      for (const rule of ['argocd/health-script', 'argocd/health-check', 'argocd/application-health', 'argocd/tracking-method'])
        expect(said(rule, settings(data))).toEqual([]);
    },
  );
});
