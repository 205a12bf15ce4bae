import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';

/** The two halves of the API server: custom resources with their definitions, and Kubernetes' own kinds. Each is loaded when it is needed. */
export type ModuleName = 'custom' | 'builtin';

const decompress = promisify(brotliDecompress);
const compiled = new Map<ModuleName, Promise<WebAssembly.Module>>();

/**
 * A compiled module. Compiled once for the process; threads share its machine code.
 * @throws {Error} if the asset is missing or damaged
 */
export function embeddedModule(name: ModuleName): Promise<WebAssembly.Module> {
  const made = compiled.get(name) ?? compile(name);
  compiled.set(name, made);
  return made;
}

async function compile(name: ModuleName): Promise<WebAssembly.Module> {
  const compressed = await readFile(new URL(`../assets/${name}.wasm.br`, import.meta.url));
  return WebAssembly.compile(await decompress(compressed));
}
