import { describe, expect, it } from 'vitest';

import { OrderedIndex } from './ordered-index.js';

describe('an ordered index', () => {
  const words = new OrderedIndex(['tide', 'wave', 'weir', 'tow'], (word) => [word.slice(0, 1), `${word.length}`]);

  it('finds what is under any of the keys, each once and in the order it came in', () => {
    expect(words.all('w')).toEqual(['wave', 'weir']);
    expect(words.all('3', 'w', '4')).toEqual(['tide', 'wave', 'weir', 'tow']);
    expect([words.all(), words.all('x')]).toEqual([[], []]);
  });

  it('finds the first that fits, whichever key it is under', () => {
    expect(words.first(['w', 't'])).toBe('tide');
    expect(words.first(['t', 'w'], (word) => word.includes('w'))).toBe('wave');
    expect(words.first(['3', 'x'], (word) => word === 'weir')).toBeUndefined();
  });

  it('knows which came first', () => {
    expect([words.isBefore('tide', 'tow'), words.isBefore('tow', 'tide'), words.isBefore('tow', 'tow')]).toEqual([true, false, false]);
  });
});
