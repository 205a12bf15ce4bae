/** The health checks and their samples as JSON, for main.go. */
import { readFileSync } from 'node:fs';

import yaml from 'yaml';

import { HEALTH_CHECKS, healthChecks } from '../../dist/environment/argocd/health-checks.js';

const scripts = healthChecks(1);
const samples = (groupKind) => yaml.parse(readFileSync(new URL(`../../src/environment/argocd/health-samples/${groupKind}.yaml`, import.meta.url), 'utf8'));
const tables = HEALTH_CHECKS.map((groupKind) => ({ groupKind, script: scripts[`resource.customizations.health.${groupKind}`], samples: samples(groupKind) }));
process.stdout.write(JSON.stringify(tables));
