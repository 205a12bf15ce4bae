import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { definition, thing } from './definitions.fixture.js';
import { definitionsOf } from './definitions-of.js';
import { inShort, serverWith } from './errors-of.fixture.js';
import { layered } from './layered.js';
import { openApiServer } from './open-api-server.js';
import { readSchemaSet, schemaSet, schemaSetNames } from './schema-set.js';

const folder = mkdtempSync(path.join(tmpdir(), 'schema-set-'));
afterAll(() => rmSync(folder, { recursive: true }));

function setFile(text: string): string {
  const file = path.join(folder, `set-${text.length}.txt.br`);
  writeFileSync(file, brotliCompressSync(text));
  return file;
}

describe('definitions at hand', () => {
  it('are found by group and kind, the last of a kind', () => {
    const [one, other, last] = [definition({}), definition({}, { kind: 'Other' }), definition({ nullable: true })];
    const source = definitionsOf([one, other, last]);
    expect(source.find('test.millrace.invalid', 'Thing')).toBe(last);
    expect(source.find('test.millrace.invalid', 'Other')).toBe(other);
    expect(source.find('test.millrace.invalid', 'Nothing')).toBeUndefined();
    expect(source.find('elsewhere', 'Thing')).toBeUndefined();
  });

  it('must say what they define', () => {
    expect(() => definitionsOf(['{"spec": {"group": "a.b"}}'])).toThrow('spec.names.kind');
    expect(() => definitionsOf(['{'])).toThrow(SyntaxError);
  });
});

describe('a set in a file', () => {
  it('finds the first, the last and those between, and no part of one', () => {
    const source = readSchemaSet(setFile('a.b/One\t{"one":1}\na.b/OneMore\t{"more":1}\nz.a.b/Last\t{"last":1}\n'));
    expect(source.find('a.b', 'One')).toBe('{"one":1}');
    expect(source.find('a.b', 'OneMore')).toBe('{"more":1}');
    expect(source.find('z.a.b', 'Last')).toBe('{"last":1}');
    expect(source.find('b', 'One')).toBeUndefined();
    expect(source.find('a.b', 'Last')).toBeUndefined();
  });

  it('is not read before something is looked up', () => {
    const source = readSchemaSet(path.join(folder, 'absent.txt.br'));
    expect(() => source.find('a.b', 'One')).toThrow('ENOENT');
  });
});

describe('the sets that come with the package', () => {
  it('are there by name', () => {
    expect(schemaSetNames()).toEqual(['2026.08', '2026.11']);
    for (const name of schemaSetNames())
      expect(JSON.parse(schemaSet(name).find('kafka.strimzi.io', 'KafkaTopic') ?? '')).toMatchObject({ kind: 'CustomResourceDefinition' });
    expect(() => schemaSet('1999.01')).toThrow('2026.08, 2026.11');
  });

  it.each(schemaSetNames())('%s has what watches over Kafka, Flink and the operators', (name) => {
    for (const kind of ['PodMonitor', 'ServiceMonitor', 'PrometheusRule', 'Probe'])
      expect(JSON.parse(schemaSet(name).find('monitoring.coreos.com', kind) ?? '{}')).toMatchObject({ spec: { versions: [{ name: 'v1' }] } });
  });

  it('say of the same resource what the operator of their platform would', async () => {
    const volumes = [{ name: 'keys', secret: { secretName: 'keys-${nodePodName}' } }];
    const pool = JSON.stringify({
      apiVersion: 'kafka.strimzi.io/v1',
      kind: 'KafkaNodePool',
      metadata: { name: 'brokers' },
      spec: { replicas: 3, roles: ['broker'], storage: { type: 'ephemeral' }, template: { pod: { templatedVolumes: volumes } } },
    });
    const saying = async (name: string) => {
      await using server = openApiServer({ definitions: schemaSet(name) });
      return (await server.validate([pool])).map(inShort);
    };
    expect(await saying('2026.11')).toEqual([[]]);
    expect(await saying('2026.08')).toEqual([['unknown-field .spec.template.pod.templatedVolumes']]);
  });

  it.each(schemaSetNames())('%s has only definitions that the server accepts', async (name) => {
    const set = brotliDecompressSync(readFileSync(new URL(`../assets/schemas/${name}.txt.br`, import.meta.url))).toString();
    const lines = set.trimEnd().split('\n');
    await using server = serverWith();
    const verdicts = await server.validate(lines.map((line) => line.slice(line.indexOf('\t') + 1)));
    const refused = verdicts.map((verdict, index) => ({ kind: lines[index]?.split('\t')[0], verdict })).filter(({ verdict }) => verdict.kind !== 'accepted');
    expect(refused).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(0);
  });
});

describe('External Secrets, whose definitions stand for a later version', () => {
  const resource = (version: string, kind: string, spec: unknown): string =>
    JSON.stringify({ apiVersion: `external-secrets.io/${version}`, kind, metadata: { name: 'a' }, spec });
  const stores = [{ name: 'vault' }];
  const secret = (spec: object, data: object = {}): string =>
    resource('v1', 'ExternalSecret', { secretStoreRef: { name: 'vault' }, data: [{ secretKey: 'k', remoteRef: { key: 'k', ...data } }], ...spec });

  it.each<[string, string, readonly string[]]>([
    ['nullBytePolicy', secret({}, { nullBytePolicy: 'Ignore' }), []],
    ['creationPolicy CreateOrMerge', secret({ target: { creationPolicy: 'CreateOrMerge' } }), []],
    ['syncWindows', secret({ syncWindows: { kind: 'deny', windows: [{ schedule: '0 1 * * *', duration: '1h' }] } }), []],
    ['syncWindows without windows', secret({ syncWindows: { kind: 'deny' } }), ['required .spec.syncWindows.windows']],
    ['refreshInterval as text', resource('v1', 'SecretStore', { refreshInterval: '1h', provider: { fake: { data: [] } } }), []],
    ['a new provider', resource('v1', 'ClusterSecretStore', { provider: { openBao: { server: 'https://bao', auth: {} } } }), []],
    [
      'a provider that there is not',
      resource('v1', 'SecretStore', { provider: { opanBao: {} } }),
      ['invalid .spec.provider', 'unknown-field .spec.provider.opanBao'],
    ],
    ['a token for Secret Server', resource('v1', 'SecretStore', { provider: { secretserver: { serverURL: 'https://s', token: { value: 't' } } } }), []],
    [
      'dataTo',
      resource('v1alpha1', 'PushSecret', { secretStoreRefs: stores, selector: { secret: { name: 's' } }, dataTo: [{ storeRef: { name: 'vault' } }] }),
      [],
    ],
  ])('%s', async (_name, text, expected) => {
    await using server = openApiServer({ definitions: schemaSet('2026.11') });
    expect((await server.validate([text])).map(inShort)).toEqual([expected]);
  });
});

describe('layers', () => {
  it('give the first that has it', () => {
    const source = layered(definitionsOf([definition({})]), { find: (_group, kind) => `another ${kind}` });
    expect(source.find('test.millrace.invalid', 'Thing')).toBe(definition({}));
    expect(source.find('test.millrace.invalid', 'Other')).toBe('another Other');
  });
});

describe('definitions that are proven', () => {
  const broken = definition({ properties: { a: {}, n: { type: 'integer' } } });
  const source = definitionsOf([broken]);

  it('are those of the sets, but where another layer has the kind', () => {
    const own = definitionsOf([definition({}, { group: 'kafka.strimzi.io', kind: 'KafkaTopic' })]);
    const source = layered(own, schemaSet('2026.11'));
    expect(source.proves?.('kafka.strimzi.io', 'KafkaUser')).toBe(true);
    expect(source.proves?.('kafka.strimzi.io', 'KafkaTopic')).toBe(false);
    expect(source.proves?.('kafka.strimzi.io', 'Nothing')).toBe(false);
  });

  it('are not validated themselves; their resources are', async () => {
    await using doubting = openApiServer({ definitions: source });
    await using trusting = openApiServer({ definitions: { ...source, proves: () => true } });
    expect((await doubting.validate([thing({ n: 1 })])).map(inShort)).toEqual([['broken-schema']]);
    expect((await trusting.validate([thing({ n: 1 }), thing({ n: 'x' }), thing({ m: 1 })])).map(inShort)).toEqual([
      [],
      ['type .spec.n'],
      ['unknown-field .spec.m'],
    ]);
  });
});
