import { describe, expect, it } from 'vitest';

import { isEndpointKey, portOf } from './endpoints.js';
import { environmentSchema } from './declared/environment.js';

describe('an address', () => {
  it.each([
    ['http://minio.storage.svc', 80],
    ['https://minio.storage.svc', 443],
    ['minio.storage.svc:9000', 9000],
    ['minio.storage.svc', 443],
    ['', undefined],
    ['https://registry:port', undefined],
    ['minio:99999', undefined],
  ])('%j has the port %s', (address, port) => {
    expect(portOf(address)).toBe(port);
  });

  it.each([
    ['s3.endpoint', true],
    ['fs.s3a.endpoint', true],
    ['presto.s3.endpoint', true],
    ['fs.oss.endpoint', true],
    ['s3.endpoint.region', false],
  ])('stands under %s: %s', (key, is) => {
    expect(isEndpointKey(key)).toBe(is);
  });

  const messages = (more: object) => {
    const parsed = environmentSchema.safeParse({
      environment: 'prod',
      layout: 1,
      platform: '2026.11',
      cluster: { server: 'https://kubernetes.default.svc' },
      flink: { mode: 'application', storage: 's3://my-bucket/prod' },
      ...more,
    });
    return parsed.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  };

  it('that cannot be opened is refused where it is declared', () => {
    expect(messages({})).toEqual([]);
    expect(messages({ schemaRegistry: { url: 'https://registry:port' } })).toEqual([expect.stringContaining('schemaRegistry.url: this is no URL')]);
    expect(messages({ flink: { mode: 'application', storage: 's3://my-bucket/prod', flinkConfiguration: { 's3.endpoint': '' } } })).toEqual([
      expect.stringContaining('flink.flinkConfiguration.s3.endpoint: "" is no address'),
    ]);
  });
});
