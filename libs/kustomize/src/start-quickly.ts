import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 optimize WebAssembly later: most of what a first overlay takes is the optimizing compiler, which pays off only
 * after many. The setting is the whole process's, so a program calls this, at its start, and no library does.
 */
export function startQuickly(): void {
  setFlagsFromString('--wasm-tiering-budget=30000000');
}
