import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';

const decompress = promisify(brotliDecompress);
let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * The compiled kustomize. Compiled once for the process; threads share its machine code.
 * @throws {Error} if the asset is missing or damaged
 */
export function embeddedModule(): Promise<WebAssembly.Module> {
  compiled ??= compile();
  return compiled;
}

async function compile(): Promise<WebAssembly.Module> {
  const compressed = await readFile(new URL('../assets/kustomize.wasm.br', import.meta.url));
  return WebAssembly.compile(await decompress(compressed));
}
