import { describe, expect, it } from 'vitest';
import { servedVersions, versionInstead } from './versions.js';

const version = (name: string, served = true, storage = false): { name: string; served: boolean; storage: boolean } => ({ name, served, storage });

describe('versions', () => {
  it('come in the order of Kubernetes, and only those that are served', () => {
    const names = ['foo1', 'v1alpha1', 'v2beta1', 'v10', 'v1', 'v2', 'v11alpha2', 'v2beta10', 'bar'];
    expect(servedVersions([...names.map((name) => version(name)), version('v99', false)])).toEqual([
      ...['v10', 'v2', 'v1', 'v2beta10', 'v2beta1', 'v11alpha2', 'v1alpha1', 'bar', 'foo1'],
    ]);
  });

  it('the stored one stands in for one that is not served, unless it is not served either', () => {
    expect(versionInstead([version('v2'), version('v1', true, true)])).toBe('v1');
    expect(versionInstead([version('v1'), version('v2'), version('v3', false, true)])).toBe('v2');
    expect(versionInstead([version('v1', false)])).toBe('v1');
    expect(versionInstead([])).toBeUndefined();
  });
});
