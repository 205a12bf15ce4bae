/** Argo CD's settings of an environment of this repository as JSON, for main.go. */
import { readFileSync } from 'node:fs';

import yaml from 'yaml';

const path = new URL('../../../../environments/dev/argocd/settings/argocd-cm.yaml', import.meta.url);
process.stdout.write(JSON.stringify(yaml.parse(readFileSync(path, 'utf8'))));
