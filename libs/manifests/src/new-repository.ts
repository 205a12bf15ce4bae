import { fill, type Context } from './template.js';

/** Who installs a repository's packages. The version is what its `package.json` pins; npm comes with Node. */
export type PackageManager = { readonly name: 'npm' } | { readonly name: 'pnpm' | 'yarn'; readonly version: string };

/** What the files of a new repository are made from; every name has passed its schema. */
export interface NewRepository {
  readonly name: string;
  /** From where Argo CD clones it. */
  readonly repository: string;
  readonly branch: string;
  /** In the order of promotion. */
  readonly environments: readonly string[];
  readonly team: string;
  readonly packageManager: PackageManager;
  /** The versions that its package.json pins. */
  readonly versions: { readonly millrace: string; readonly nx: string };
}

// What a build of the README's job would print.
const DIGEST = '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae';

/**
 * What a new repository has beside its declared and generated files, by path: packages, editors, CI, Renovate, its own
 * README. Written once; they are its owner's from then on.
 */
export function newRepositoryFiles(settings: NewRepository): ReadonlyMap<string, string> {
  const { name, repository, branch, environments, team, packageManager } = settings;
  const [first = '', ...promotions] = environments;
  const { install, frozenInstall, run } = wordsOf(packageManager);
  const context: Context = {
    name,
    repository,
    remote: shellWord(repository),
    branch,
    environments,
    environmentList: environments.map((environment) => `\`${environment}\``).join(', '),
    first,
    promotions: promotions.length > 0 ? promotions : undefined,
    team,
    install,
    frozenInstall,
    run,
    syncCheck: `${run} nx sync:check`,
    cache: packageManager.name === 'npm' ? 'npm' : undefined,
    corepack: packageManager.name === 'npm' ? undefined : true,
    image: `registry.example.com/order-processor@sha256:${DIGEST}`,
    jarUri: 'https://artifacts.example.com/order-processor-1.0.0.jar',
    jarSha256: DIGEST,
  };
  return new Map([
    ['package.json', json(manifestOf(settings))],
    ['nx.json', json(nxSettings(branch))],
    ...templatesFor(packageManager).map((template): [string, string] => [template.replace(/(^|\/)dot-/, '$1.'), fill('repository', template, context)]),
  ]);
}

/** A value of a command line in the README: an URL may have characters that a shell reads. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What somebody types, by package manager. */
export function wordsOf(packageManager: PackageManager): { readonly install: string; readonly frozenInstall: string; readonly run: string } {
  switch (packageManager.name) {
    case 'npm':
      return { install: 'npm install', frozenInstall: 'npm ci', run: 'npx' };
    case 'pnpm':
      return { install: 'pnpm install', frozenInstall: 'pnpm install --frozen-lockfile', run: 'pnpm exec' };
    case 'yarn':
      return {
        install: 'yarn install',
        frozenInstall: isYarnClassic(packageManager) ? 'yarn install --frozen-lockfile' : 'yarn install --immutable',
        run: 'yarn',
      };
  }
}

function isYarnClassic(packageManager: PackageManager): boolean {
  return packageManager.name === 'yarn' && /^[01]\./.test(packageManager.version);
}

const TEMPLATES = ['README.md', 'dot-editorconfig', 'dot-vscode/extensions.json', 'dot-vscode/settings.json', 'renovate.json', 'dot-github/workflows/ci.yml'];

function templatesFor(packageManager: PackageManager): readonly string[] {
  if (packageManager.name === 'pnpm') return [...TEMPLATES, 'pnpm-workspace.yaml'];
  // Without a lock file of its own, Yarn takes the folder for a part of any project above it; an empty one is one.
  return isYarnClassic(packageManager) || packageManager.name === 'npm' ? TEMPLATES : [...TEMPLATES, 'dot-yarnrc.yml', 'dot-gitignore', 'yarn.lock'];
}

function manifestOf({ name, packageManager, versions }: NewRepository): object {
  return {
    name,
    version: '0.0.0',
    private: true,
    engines: { node: '>=20.19' },
    ...(packageManager.name === 'npm' ? {} : { packageManager: `${packageManager.name}@${packageManager.version}` }),
    devDependencies: { '@millrace/nx': versions.millrace, '@nx/devkit': versions.nx, millrace: versions.millrace, nx: versions.nx },
  };
}

/** Nx's settings before `init` adds the plugin. */
const nxSettings = (branch: string) => ({
  $schema: './node_modules/nx/schemas/nx-schema.json',
  analytics: false,
  defaultBase: branch,
  neverConnectToCloud: true,
  tui: { enabled: false },
});

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
