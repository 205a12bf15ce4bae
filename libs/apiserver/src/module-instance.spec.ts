import { describe, expect, it } from 'vitest';
import { ModuleInstance, Panic } from './module-instance.js';

/** A vector of the binary format: its length, then its items. */
const vector = (...items: readonly (readonly number[])[]): readonly number[] => [items.length, ...items.flat()];
const section = (id: number, ...items: readonly (readonly number[])[]): readonly number[] => {
  const body = vector(...items);
  return [id, body.length, ...body];
};
const name = (text: string): readonly number[] => vector(...[...Buffer.from(text)].map((byte) => [byte]));
const sized = (...bytes: readonly number[]): readonly number[] => [bytes.length, ...bytes];

/** A module as go/ makes them, whose function `validate` is these instructions; function 0 is the host's `panicked`, with a text at 0. */
function moduleThat(...instructions: readonly number[]): Promise<WebAssembly.Module> {
  const text = 'out of range';
  return WebAssembly.compile(
    Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, [0x60, 2, 0x7f, 0x7f, 0], [0x60, 0, 0]),
      ...section(2, [...name('millrace'), ...name('panicked'), 0, 0]),
      ...section(3, [1]),
      ...section(5, [0, 1]),
      ...section(7, [...name('memory'), 2, 0], [...name('validate'), 0, 1]),
      ...section(10, sized(0, ...instructions, 0x0b)),
      ...section(11, [0, 0x41, 0, 0x0b, ...name(text)]),
    ]),
  );
}

describe('a module that does not end well', () => {
  it('traps: the error says so', async () => {
    const unreachable = 0x00;
    const instance = new ModuleInstance(await moduleThat(unreachable));
    expect(() => instance.call('validate', '{}')).toThrow('unreachable');
  });

  it('panics: the error has what it said', async () => {
    const panics = [0x41, 0, 0x41, 12, 0x10, 0];
    const instance = new ModuleInstance(await moduleThat(...panics));
    expect(() => instance.call('validate', '{}')).toThrow(new Panic('out of range'));
  });

  it('lacks a function', async () => {
    const instance = new ModuleInstance(await moduleThat());
    expect(() => instance.call('define', '{}')).toThrow('no function define');
    expect(instance.call('validate', '{}')).toEqual({ reports: [], answers: [] });
  });
});
