import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

// Inside Millrace's own repository the build may be stale; in an installed package there is nothing to compare with.
// Nx may `require` this file, so nothing here may be awaited.
const fresh = fileURLToPath(new URL('../../build/fresh.js', import.meta.url));
if (existsSync(fresh)) createRequire(import.meta.url)(fresh);

export { createNodes, createNodesV2, name } from '../dist/index.js';
