import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { root } from './sources.js';

// The pages that are made from code. Tests compare them with what is committed.
const { rulesPage } = await import(pathToFileURL(join(root, 'libs/check/dist/index.js')).href);
mkdirSync(join(root, 'docs'), { recursive: true });
writeFileSync(join(root, 'docs/rules.md'), rulesPage());
