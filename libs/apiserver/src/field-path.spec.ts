import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldPath } from './field-path.js';

describe('a path as the server writes it', () => {
  const resource = {
    metadata: { labels: { 'strimzi.io/cluster': 'c', 'a[0].b': 'x' } },
    spec: { config: { 'log.retention.ms': 1, log: { retention: 2 } }, listeners: [{ port: 1 }, { port: 2 }], '': { a: 1 }, map: { '0': 'zero' } },
  };
  it.each<[string, readonly (string | number)[]]>([
    ['', []],
    ['<nil>', []],
    ['spec', ['spec']],
    ['spec.listeners[1].port', ['spec', 'listeners', 1, 'port']],
    ['spec.listeners[7].port', ['spec', 'listeners', 7, 'port']],
    ['metadata.labels[strimzi.io/cluster]', ['metadata', 'labels', 'strimzi.io/cluster']],
    ['metadata.labels.strimzi.io/cluster', ['metadata', 'labels', 'strimzi.io/cluster']],
    ['metadata.labels[a[0].b]', ['metadata', 'labels', 'a[0].b']],
    ['metadata.labels.a[0].b', ['metadata', 'labels', 'a[0].b']],
    ['spec.config.log.retention.ms', ['spec', 'config', 'log.retention.ms']],
    ['spec.config.log.retention', ['spec', 'config', 'log', 'retention']],
    ['spec.config[log.retention.ms]', ['spec', 'config', 'log.retention.ms']],
    ['spec.absent.deep[0].field', ['spec', 'absent', 'deep', 0, 'field']],
    ['spec.absent[a.b/c].d', ['spec', 'absent', 'a.b/c', 'd']],
    ['spec.map[0]', ['spec', 'map', '0']],
    ['.spec.replicas', ['spec', 'replicas']],
  ])('%s', (text, path) => {
    expect(fieldPath(text, resource)).toEqual(path);
  });

  it('is read back exactly where every key is there, whatever it is made of', () => {
    const key = fc.stringMatching(/^[a-z./\]-]{1,8}$/);
    fc.assert(
      fc.property(fc.array(fc.oneof(key, fc.nat(3)), { minLength: 1, maxLength: 6 }), (path) => {
        const made = path.reduceRight<unknown>(
          (below, step) => (typeof step === 'number' ? Array.from({ length: step + 1 }, () => below) : { [step]: below }),
          1,
        );
        const text = path.map((step) => `[${step}]`).join('');
        expect(fieldPath(text, made)).toEqual(path);
      }),
    );
  });

  it('always ends', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (text, resource) => {
        expect(fieldPath(text, resource).length).toBeLessThanOrEqual(text.length + 1);
      }),
    );
  });
});
