import { existsSync, readFileSync } from 'node:fs';

import { sourcesChecksum, stampFile } from './sources.js';

// Loaded first by the bin/ entries when they run inside Millrace's own repository: what runs is the build, so a
// build older than its sources must be impossible to miss.
if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== sourcesChecksum()) {
  throw new Error('Millrace: the build is older than its sources. Run: npm run build');
}
