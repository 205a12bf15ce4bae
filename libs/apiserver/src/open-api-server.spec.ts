import { describe, expect, it } from 'vitest';
import { definition, thing } from './definitions.fixture.js';
import { definitionsOf } from './definitions-of.js';
import { serverWith } from './errors-of.fixture.js';
import { openApiServer } from './open-api-server.js';

const configMap = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}';
const definitions = definitionsOf([definition({ properties: { n: { type: 'integer' } } }), definition({}, { kind: 'Other' })]);

describe('many resources', () => {
  it('each get their own verdict, in their order, from several workers', async () => {
    await using server = openApiServer({ definitions, workers: 2 });
    const kinds = ['accepted', 'rejected', 'unknown-kind', 'accepted'] as const;
    const texts = [thing({ n: 1 }), thing({ n: 'x' }), thing({}).replace('Thing', 'Nothing'), configMap];
    const order = Array.from({ length: 1200 }, (_, index) => (index * 7) % 4);
    const verdicts = await server.validate(order.map((index) => texts[index] ?? ''));
    expect(verdicts.map(({ kind }) => kind)).toEqual(order.map((index) => kinds[index]));
  });

  it('may be asked for at the same time', async () => {
    await using server = openApiServer({ definitions });
    const verdicts = await Promise.all([server.validate([thing({ n: 'x' })]), server.validate([configMap, thing({})]), server.validate([])]);
    expect(verdicts.map((each) => each.map(({ kind }) => kind))).toEqual([['rejected'], ['accepted', 'accepted'], []]);
  });
});

describe('definitions', () => {
  it("are looked up once a kind, and only for kinds that are not Kubernetes' own", async () => {
    const asked: string[] = [];
    await using server = openApiServer({
      definitions: {
        find(group, kind) {
          asked.push(`${group}/${kind}`);
          return definitions.find(group, kind);
        },
      },
    });
    await server.validate([thing({}), thing({}), configMap, definition({}), thing({}).replace('Thing', 'Nothing')]);
    await server.validate([thing({})]);
    expect(asked).toEqual(['test.millrace.invalid/Thing', 'test.millrace.invalid/Nothing']);
  });

  it("that cannot be read are the caller's", async () => {
    await using server = openApiServer({
      definitions: {
        find() {
          throw new Error('no such file');
        },
      },
    });
    await expect(server.validate([thing({})])).rejects.toThrow('no such file');
    expect(await server.validate([configMap])).toEqual([{ kind: 'accepted' }]);
  });
});

describe('a resource that takes too long', () => {
  it('fails, and so does each after it that does', async () => {
    // No module is started within a millisecond, so this never depends on how fast the validation is.
    await using hasty = openApiServer({ definitions, timeoutMs: 1, workers: 1 });
    const late = { kind: 'failed', reason: 'timeout', message: 'it took longer than 1 ms' };
    expect(await hasty.validate([thing({}), configMap])).toEqual([late, late]);
  });
});

describe('closing', () => {
  it('ends what is under way, and is final', async () => {
    const server = serverWith(definition({}));
    const underWay = expect(server.validate([thing({})])).rejects.toThrow('closed');
    await server.close();
    await underWay;
    await expect(server.validate([configMap])).rejects.toThrow('closed');
    await server.close();
  });
});

describe('opening', () => {
  it('refuses what cannot work', () => {
    expect(() => openApiServer({ definitions, workers: 0 })).toThrow('workers');
    expect(() => openApiServer({ definitions, timeoutMs: Number.NaN })).toThrow('timeoutMs');
  });
});
