import { isMapping } from '@millrace/model';
import { parse } from 'jsonc-parser';

import type { Files } from '../files/files.js';

/** What create-nx-workspace writes beside package.json, nx.json and README.md (its generator `new`). */
const BESIDE = new Set(['.editorconfig', '.gitignore', '.npmrc', '.vscode/extensions.json', '.yarnrc.yml', 'pnpm-workspace.yaml', 'yarn.lock']);
/** What it says in nx.json. What somebody says there of plugins, targets or releases is theirs. */
const NX_SETTINGS = new Set(['$schema', 'analytics', 'defaultBase', 'namedInputs', 'neverConnectToCloud', 'nxCloudId', 'useInferencePlugins']);

/**
 * Whether a file is what create-nx-workspace has just written, and nobody's yet. It calls the preset before anybody can have
 * changed anything: package.json then runs no scripts and lists nobody's packages but Nx's and the preset.
 */
export function begunByNx(files: Files): (path: string) => boolean {
  if (!isBegunManifest(files.read('package.json') ?? '')) return () => false;
  return (path) => {
    if (path === 'package.json' || BESIDE.has(path)) return true;
    const text = files.read(path) ?? '';
    if (path === 'README.md') return text.includes('https://nx.dev');
    const settings: unknown = path === 'nx.json' ? parse(text) : undefined;
    return isMapping(settings) && Object.keys(settings).every((key) => NX_SETTINGS.has(key));
  };
}

function isBegunManifest(text: string): boolean {
  const manifest: unknown = parse(text);
  if (!isMapping(manifest)) return false;
  const { name, scripts, dependencies, devDependencies } = manifest;
  return (
    typeof name === 'string' &&
    name.endsWith('/source') &&
    keysOf(scripts).length === 0 &&
    [...keysOf(dependencies), ...keysOf(devDependencies)].every((dependency) => /^(?:nx|millrace|@(?:nx|millrace)\/.+)$/.test(dependency))
  );
}

function keysOf(value: unknown): readonly string[] {
  return isMapping(value) ? Object.keys(value) : [];
}
