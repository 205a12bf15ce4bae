import { describe, expect, it } from 'vitest';
import { definition, thing, type DefinitionOptions } from './definitions.fixture.js';
import { inShort, serverWith, verdictOn } from './errors-of.fixture.js';

type Schema = Readonly<Record<string, unknown>>;

const string = { type: 'string' };
const integer = { type: 'integer' };
const object = (properties: Schema, more: Schema = {}): Schema => ({ type: 'object', properties, ...more });
const list = (items: Schema, more: Schema = {}): Schema => ({ type: 'array', items, ...more });
const intOrString = { 'x-kubernetes-int-or-string': true };
const open = { 'x-kubernetes-preserve-unknown-fields': true };
const rule = (text: string, more: Schema = {}): Schema => ({ 'x-kubernetes-validations': [{ rule: text, ...more }] });
const keyed = list(object({ k: string, v: integer }, { required: ['k'] }), { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['k'] });

/** What the server says of `spec`, which has the given schema. */
async function errors(schema: Schema, spec: unknown, more: Schema = {}, options: DefinitionOptions = {}): Promise<readonly string[]> {
  return inShort(await verdictOn(thing(spec, more), definition(schema, options)));
}

describe('the schema of a custom resource', () => {
  it.each<[string, Schema, unknown, readonly string[]]>([
    ['accepts what fits', object({ a: string, n: integer }), { a: 'x', n: 1 }, []],
    ['an unknown field', object({ a: string }), { a: 'x', foo: 1 }, ['unknown-field .spec.foo']],
    ['unknown fields in lists and below', object({ l: list(object({ a: string })) }), { l: [{ a: 'x' }, { b: { c: 1 } }] }, ['unknown-field .spec.l[1].b']],
    ['a string for an integer', object({ n: integer }), { n: '1' }, ['type .spec.n']],
    ['an integer for a string', object({ a: string }), { a: 1 }, ['type .spec.a']],
    ['a fraction for an integer', object({ n: integer }), { n: 1.5 }, ['invalid .spec.n', 'type .spec.n']],
    ['a whole float is an integer', object({ n: integer }), { n: 2.0 }, []],
    ['required', object({ a: string }, { required: ['a'] }), {}, ['required .spec.a']],
    ['enum', object({ a: { type: 'string', enum: ['x', 'y'] } }), { a: 'z' }, ['unsupported-value .spec.a']],
    ['pattern', object({ a: { type: 'string', pattern: '^[a-z]+$' } }), { a: 'A' }, ['invalid .spec.a']],
    ['maxLength', object({ a: { type: 'string', maxLength: 2 } }), { a: 'abc' }, ['too-long .spec.a']],
    ['minLength', object({ a: { type: 'string', minLength: 2 } }), { a: 'a' }, ['invalid .spec.a']],
    ['maxItems', object({ l: list(string, { maxItems: 1 }) }), { l: ['a', 'b'] }, ['too-many .spec.l']],
    ['minItems', object({ l: list(string, { minItems: 1 }) }), { l: [] }, ['invalid .spec.l']],
    ['maximum', object({ n: { type: 'integer', maximum: 2 } }), { n: 3 }, ['invalid .spec.n']],
    ['format date-time', object({ t: { type: 'string', format: 'date-time' } }), { t: 'yesterday' }, ['type .spec.t']],
    ['format ipv4', object({ t: { type: 'string', format: 'ipv4' } }), { t: '10.0.0.256' }, ['type .spec.t']],
    ['oneOf, none of them', object({ a: string, b: string }, { oneOf: [{ required: ['a'] }, { required: ['b'] }] }), {}, ['invalid .spec', 'required .spec.a']],
    ['oneOf, both', object({ a: string, b: string }, { oneOf: [{ required: ['a'] }, { required: ['b'] }] }), { a: '', b: '' }, ['invalid .spec']],
    ['not', object({ a: { type: 'string', not: { enum: ['x'] } } }), { a: 'x' }, ['invalid .spec.a']],
    ['int-or-string takes both', object({ a: intOrString, b: intOrString }), { a: 1, b: '50%' }, []],
    ['int-or-string takes nothing else', object({ a: intOrString }), { a: true }, ['type .spec.a']],
    ['preserve-unknown-fields', object({ o: object({ n: integer }, open) }), { o: { n: 1, anything: [{ deep: null }] } }, []],
    ['preserve-unknown-fields checks what it knows', object({ o: object({ n: integer }, open) }), { o: { n: 'x', y: 1 } }, ['type .spec.o.n']],
    ['nullable', object({ a: { type: 'string', nullable: true } }), { a: null }, []],
    ['null where there is a default: the default', object({ a: { type: 'string', default: 'x' } }), { a: null }, []],
    ['null that is dropped may be required', object({ a: string }, { required: ['a'] }), { a: null }, ['required .spec.a']],
    ['null in a list', object({ l: list(string) }), { l: [null] }, ['type .spec.l[0]']],
    ['a map of integers', object({ m: { type: 'object', additionalProperties: integer } }), { m: { 'a.b/c': 'x' } }, ["type .spec.m.'a.b/c'"]],
    ['a set with a duplicate', object({ l: list(string, { 'x-kubernetes-list-type': 'set' }) }), { l: ['a', 'b', 'a'] }, ['duplicate .spec.l[2]']],
    ['a list map with a duplicate', object({ l: keyed }), { l: [{ k: 'a' }, { k: 'a', v: 1 }] }, ['duplicate .spec.l[1]']],
    ['a list map without its key', object({ l: keyed }), { l: [{ v: 1 }] }, ['required .spec.l[0].k']],
  ])('%s', async (_name, schema, spec, expected) => {
    expect(await errors(schema, spec)).toEqual(expected);
  });

  it('gives the server its own words', async () => {
    const verdict = await verdictOn(thing({ a: 'z', n: 'x', foo: 1 }), definition(object({ a: { type: 'string', enum: ['x', 'y'] }, n: integer })));
    expect(verdict).toEqual({
      kind: 'rejected',
      errors: [
        { path: ['spec', 'a'], type: 'unsupported-value', message: 'Unsupported value: "z": supported values: "x", "y"' },
        { path: ['spec', 'foo'], type: 'unknown-field', message: 'unknown field "spec.foo"' },
        { path: ['spec', 'n'], type: 'type', message: 'Invalid value: "string": spec.n in body must be of type integer: "string"' },
      ],
    });
  });

  it('sees duplicate fields', async () => {
    expect(inShort(await verdictOn(thing(0).replace('0}', '{"a":"x","a":"y"}}'), definition(object({ a: string }))))).toEqual(['duplicate .spec.a']);
  });

  it('keeps all digits of an integer', async () => {
    const schema = definition(
      object({ n: { type: 'integer', format: 'int64', ...rule('self == 9223372036854775807') }, m: { ...integer, ...rule('self % 2 == 1') } }),
    );
    const spec = (n: string, m: string): string => thing(0).replace('0}', `{"n":${n},"m":${m}}}`);
    await using server = serverWith(schema);
    const verdicts = await server.validate([spec('9223372036854775807', '9007199254740993'), spec('9223372036854775806', '9007199254740992')]);
    expect(verdicts.map(inShort)).toEqual([[], ['rule .spec.m', 'rule .spec.n']]);
  });
});

describe('CEL rules', () => {
  it.each<[string, Schema, unknown, readonly string[]]>([
    ['that hold', object({ a: integer, b: integer }, rule('self.a <= self.b')), { a: 1, b: 2 }, []],
    ['that do not', object({ a: integer, b: integer }, rule('self.a <= self.b')), { a: 3, b: 2 }, ['rule .spec']],
    ['with a path', object({ a: integer }, rule('self.a > 1', { fieldPath: '.a' })), { a: 1 }, ['rule .spec.a']],
    ['in a list', object({ l: list({ ...integer, ...rule('self > 1') }, { maxItems: 9 }) }), { l: [2, 1] }, ['rule .spec.l[1]']],
    ['after defaults', object({ a: { type: 'integer', default: 5 } }, rule('self.a == 5')), {}, []],
    ['on transitions are not run on create', object({ a: { ...integer, ...rule('self == oldSelf') } }), { a: 1 }, []],
    [
      'not before the schema fits',
      object({ a: integer, b: { type: 'string', enum: ['x'] } }, rule('self.a > 1')),
      { a: 1, b: 'y' },
      ['unsupported-value .spec.b'],
    ],
    ['quantity', object({ q: { type: 'string', maxLength: 9, ...rule("quantity(self).compareTo(quantity('1Gi')) >= 0") } }), { q: '512Mi' }, ['rule .spec.q']],
    ['quantity that holds', object({ q: { type: 'string', maxLength: 9, ...rule("quantity(self).compareTo(quantity('1Gi')) >= 0") } }), { q: '1025Mi' }, []],
    [
      'isURL',
      object({ u: { type: 'string', maxLength: 99, ...rule("isURL(self) && url(self).getScheme() == 'https'") } }),
      { u: 'http://a' },
      ['rule .spec.u'],
    ],
    ['ip', object({ i: { type: 'string', maxLength: 99, ...rule('isIP(self) && ip(self).family() == 4') } }), { i: '::1' }, ['rule .spec.i']],
    ['cidr', object({ i: { type: 'string', maxLength: 99, ...rule("cidr('10.0.0.0/8').containsIP(self)") } }), { i: '11.0.0.1' }, ['rule .spec.i']],
    ['format', object({ f: { type: 'string', maxLength: 99, ...rule('!format.dns1123Label().validate(self).hasValue()') } }), { f: 'A b' }, ['rule .spec.f']],
    ['regex', object({ f: { type: 'string', maxLength: 99, ...rule("self.find('[0-9]+') == '12'") } }), { f: 'a12b' }, []],
    ['lists', object({ l: list(integer, { maxItems: 9, ...rule('self.isSorted() && self.sum() < 9') }) }), { l: [1, 7, 2] }, ['rule .spec.l']],
    ['sets', object({ l: list(string, { maxItems: 9, ...rule("sets.contains(['a', 'b'], self)") }) }), { l: ['c'] }, ['rule .spec.l']],
    ['optionals', object({ a: object({ b: integer }) }, rule('self.?a.b.orValue(0) > 0')), {}, ['rule .spec']],
  ])('%s', async (_name, schema, spec, expected) => {
    expect(await errors({ ...schema }, spec)).toEqual(expected);
  });

  it('speak for themselves', async () => {
    const schema = object({ a: integer }, rule('self.a > 1', { messageExpression: "'a is ' + (self.a > 0 ? 'one' : 'none')" }));
    expect(await verdictOn(thing({ a: 1 }), definition(schema))).toEqual({
      kind: 'rejected',
      errors: [{ path: ['spec'], type: 'rule', message: 'Invalid value: a is one' }],
    });
  });

  it('that could cost too much make a broken definition', async () => {
    const nested = "self.all(a, self.all(b, self.all(c, a + b + c != 'x')))";
    const verdict = await verdictOn(thing({}), definition(object({ l: list(string, rule(nested)) })));
    expect(verdict.kind === 'broken-schema' && verdict.message).toContain('exceeds budget');
  });
});

describe('metadata of a custom resource', () => {
  const metadata = (value: Schema): Schema => ({ metadata: value });
  it.each<[string, Schema, readonly string[]]>([
    ['a name', metadata({ name: 'a.b-c' }), []],
    ['no name', metadata({}), ['required .metadata.name']],
    ['generateName', metadata({ generateName: 'one-' }), []],
    ['a name in upper case', metadata({ name: 'One' }), ['invalid .metadata.name']],
    ['a name that is too long', metadata({ name: 'a'.repeat(254) }), ['invalid .metadata.name']],
    ['a bad label value', metadata({ name: 'one', labels: { 'a/b': 'x y' } }), ['invalid .metadata.labels']],
    ['a bad label key', metadata({ name: 'one', labels: { 'a b': 'x' } }), ['invalid .metadata.labels']],
    ['a label that is a number', metadata({ name: 'one', labels: { good: 'x', bad: 1 } }), ['type .metadata.labels.bad']],
    ['an annotation key', metadata({ name: 'one', annotations: { 'a b': 'x' } }), ['invalid .metadata.annotations']],
    ['an unknown field', metadata({ name: 'one', lables: {} }), ['unknown-field .metadata.lables']],
    ['a bad namespace', metadata({ name: 'one', namespace: 'A' }), ['invalid .metadata.namespace']],
    [
      'an owner without a uid',
      metadata({ name: 'one', ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p' }] }),
      ['invalid .metadata.ownerReferences.uid'],
    ],
  ])('%s', async (_name, more, expected) => {
    const verdict = await verdictOn(thing({}, more), definition(object({})));
    expect([...new Set(inShort(verdict))]).toEqual(expected);
  });

  it('of an embedded resource', async () => {
    const schema = object({ pod: { type: 'object', 'x-kubernetes-embedded-resource': true, ...open } });
    expect(await errors(schema, { pod: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: 1 } })).toEqual([]);
    expect(await errors(schema, { pod: { kind: 'Pod', metadata: { labels: { a: 'x y' } } } })).toEqual([
      'required .spec.pod.apiVersion',
      'invalid .spec.pod.metadata.labels',
    ]);
    expect(await errors(schema, { pod: { apiVersion: 'v1', kind: 'Pod', metadata: { nmae: 'p' } } })).toEqual(['unknown-field .spec.pod.metadata.nmae']);
  });

  it('a cluster-scoped resource loses its namespace, as with kubectl', async () => {
    expect(await errors(object({}), {}, metadata({ name: 'one', namespace: 'shop' }), { scope: 'Cluster' })).toEqual([]);
  });
});

describe('subresources', () => {
  it('a status is dropped where there is a subresource for it, and validated where not', async () => {
    const broken = { status: { ready: 'yes' } };
    expect(await errors(object({}), {}, broken)).toEqual(['type .status.ready']);
    expect(await errors(object({}), {}, broken, { subresources: { status: {} } })).toEqual([]);
  });

  it('a scale says what its replicas are', async () => {
    const scale = { scale: { specReplicasPath: '.spec.n', statusReplicasPath: '.status.n' } };
    expect(await errors(object({ n: integer }), { n: -1 }, {}, { subresources: scale })).toEqual(['invalid .spec.n']);
  });
});

describe('a kind or version that is not served', () => {
  const old = { name: 'v1beta1', served: false, storage: false };
  const other = { name: 'v2', served: true, storage: false };
  const crd = definition(object({ a: string }), { others: [old, other] });

  it('is validated as the stored version all the same', async () => {
    const expected = {
      kind: 'not-served',
      served: ['v2', 'v1'],
      validatedAs: 'v1',
      errors: [{ path: ['spec', 'b'], type: 'unknown-field', message: 'unknown field "spec.b"' }],
    };
    expect(await verdictOn(thing({ b: 1 }).replace('/v1"', '/v1beta1"'), crd)).toEqual(expected);
    expect(await verdictOn(thing({ b: 1 }).replace('/v1"', '/v7"'), crd)).toEqual(expected);
  });

  it('is served in every version that is', async () => {
    expect(await verdictOn(thing({ a: 'x' }).replace('/v1"', '/v2"'), crd)).toEqual({ kind: 'accepted' });
  });

  it('is unknown where there is no definition', async () => {
    expect(await verdictOn(thing({}).replace('Thing', 'Thin'), crd)).toEqual({ kind: 'unknown-kind' });
    expect(await verdictOn(thing({}).replace('test.', ''), crd)).toEqual({ kind: 'unknown-kind' });
  });
});

describe('a resource that says nothing', () => {
  it.each<[string, string, readonly string[]]>([
    ['of its kind', '{"apiVersion":"v1"}', ['required .kind']],
    ['of its version', '{"kind":"Pod"}', ['required .apiVersion']],
    ['of a version that could be', '{"apiVersion":"a/b/c","kind":"Pod"}', ['malformed .apiVersion']],
    ['since it is a list', '[]', ['malformed ']],
    ['since it is not JSON', '{', ['malformed ']],
  ])('%s', async (_name, text, expected) => {
    expect(inShort(await verdictOn(text))).toEqual(expected);
  });
});

describe('a broken definition', () => {
  it.each<[string, string, string]>([
    [
      'whose schema is not structural',
      definition(object({ a: {} })),
      'spec.versions.0.schema.openAPIV3Schema.properties.spec.properties.a.type: Required value',
    ],
    ['whose rule does not compile', definition(object({ a: integer }, rule('self.b > 1'))), 'undefined field'],
    ['whose rule compares what cannot be', definition(object({ a: string }, rule('self.a > 1'))), 'found no matching overload'],
    ['whose default does not fit', definition(object({ a: { type: 'string', default: 1 } })), 'must be of type string'],
    ['whose name is not that of its kind', definition(object({})).replace('"things.test', '"thing.test'), 'must be spec.names.plural+"."+spec.group'],
    ['without versions', definition(object({})).replace(/"versions":\[.*\]/, '"versions":[]'), 'must have exactly one version marked as storage version'],
  ])('%s', async (_name, crd, words) => {
    const verdict = await verdictOn(thing({}), crd);
    expect(verdict).toMatchObject({ kind: 'broken-schema' });
    expect(verdict.kind === 'broken-schema' && verdict.message).toContain(words);
  });

  it('does not hurt the others', async () => {
    await using server = serverWith(definition(object({ a: {} }), { kind: 'Broken' }), definition(object({ a: string })));
    const verdicts = await server.validate([thing({}).replace('Thing', 'Broken'), thing({ a: 1 }), thing({}).replace('Thing', 'Broken'), thing({ a: 'x' })]);
    expect(verdicts.map(({ kind }) => kind)).toEqual(['broken-schema', 'rejected', 'broken-schema', 'accepted']);
    expect(verdicts[0]).toMatchObject({ definition: 'brokens.test.millrace.invalid' });
  });
});

describe('a definition as a resource', () => {
  it.each<[string, string, readonly string[]]>([
    ['that is right', definition(object({ a: string })), []],
    ['whose schema is not structural', definition(object({ a: {} })), ['required .spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.a.type']],
    [
      'whose rule does not compile',
      definition(object({ a: integer }, rule('self.b > 1'))),
      ['invalid .spec.versions[0].schema.openAPIV3Schema.properties.spec.x-kubernetes-validations[0].rule'],
    ],
    ['with an unknown field', definition(object({})).replace('"scope"', '"scoop":1,"scope"'), ['unknown-field .spec.scoop']],
    ['whose name is wrong', definition(object({})).replace('"things.test', '"thing.test'), ['invalid .metadata.name']],
    ['of an old version', definition(object({})).replace('k8s.io/v1"', 'k8s.io/v1beta1"'), ['not-served']],
  ])('%s', async (_name, crd, expected) => {
    expect(inShort(await verdictOn(crd))).toEqual(expected);
  });
});
