#!/usr/bin/env node
import { existsSync } from 'node:fs';

// Who reads may stop reading, as `head` does: what is said after that is said to nobody, and that is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

// Inside Millrace's own repository the build may be stale; in an installed package there is nothing to compare with.
const fresh = new URL('../../build/fresh.js', import.meta.url);
try {
  if (existsSync(fresh)) await import(fresh.href);
  const { main } = await import('../dist/main.js');
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
