import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isInsideRepository, pinnedFolder, placementFolder, relativePath } from './paths.js';

const segment = fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019-_. ')), minLength: 1, maxLength: 8 }).filter((text) => !/^\.{1,2}$/.test(text));
const segments = fc.array(segment, { minLength: 1, maxLength: 5 });

describe('a path is inside the repository', () => {
  it('when it is plain segments with slashes between', () => {
    fc.assert(
      fc.property(segments, (path) => {
        expect(isInsideRepository(path.join('/'))).toBe(true);
      }),
    );
  });

  it.each([
    '',
    '.',
    '..',
    '/',
    '/etc/passwd',
    '//host/share',
    '../x',
    'a/../x',
    'a/..',
    'a/./b',
    './a',
    'a//b',
    'C:/x',
    'c:x',
    '\\\\host',
    'a\\..\\b',
    'a\0b',
    'a\nb',
    'a\u007f',
    'a\u0085b',
  ])('but not when it is %j', (path) => {
    expect(isInsideRepository(path)).toBe(false);
  });

  it('but never with a "." or ".." segment, from the root, with a backslash or a control character', () => {
    const evil = fc.oneof(
      fc.tuple(segments, fc.nat(), fc.constantFrom('..', '.', '')).map(([path, at, step]) => path.toSpliced(at % path.length, 0, step).join('/')),
      segments.map((path) => `${path.join('/')}/..`),
      segments.map((path) => `/${path.join('/')}`),
      fc.tuple(segments, fc.nat(), fc.constantFrom('\\', '\0', '\n', '\r', '\t', '\u001b', '\u007f', '\u0085', '\u009f')).map(([path, at, character]) => {
        const text = path.join('/');
        return `${text.slice(0, at % text.length)}${character}${text.slice(at % text.length)}`;
      }),
    );
    fc.assert(
      fc.property(evil, (path) => {
        expect(isInsideRepository(path)).toBe(false);
      }),
    );
  });
});

describe('where things live', () => {
  it('a placement pins next, or the folder of a release', () => {
    expect(pinnedFolder('orders', 'next')).toBe('apps/orders/next');
    expect(pinnedFolder('orders', '1.4.0')).toBe('apps/orders/releases/1.4.0');
  });

  it('an overlay reaches the bases that it pins by a relative path, as kustomize wants it', () => {
    const overlay = `${placementFolder('prod', 'orders')}/kafka`;
    expect(relativePath(overlay, `${pinnedFolder('orders', '1.4.0')}/kafka`)).toBe('../../../../../apps/orders/releases/1.4.0/kafka');
  });
});
