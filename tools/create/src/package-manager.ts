import { misused } from '@millrace/model';
import { execa } from 'execa';

/** A program with its arguments and what its environment has beside ours. */
export interface Install {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The package manager with its version, as `pnpm@10.33.0`: the one that was named, else the one that runs this, which it
 * says in `npm_config_user_agent`; else npm. Throws a usage error where its version cannot be found out.
 */
export async function packageManagerOf(named: string | undefined): Promise<string> {
  const agent = /^(?<name>npm|pnpm|yarn)\/(?<version>\d+\.\d+\.\d+\S*)/.exec(process.env['npm_config_user_agent'] ?? '')?.groups;
  const running = agent === undefined ? 'npm' : `${agent['name'] ?? ''}@${agent['version'] ?? ''}`;
  if (named === undefined) return running;
  if (!/^(?:npm|pnpm|yarn)$/.test(named)) return named;
  if (running.startsWith(`${named}@`) || named === 'npm') return running.startsWith('npm') ? running : named;
  const { failed, stdout } = await execa(named, ['--version'], { reject: false, stdin: 'ignore' });
  if (!failed) return `${named}@${stdout.trim()}`;
  throw misused(`--package-manager: ${named} is not installed`, `Install it, or say which version: --package-manager ${named}@<version>`);
}

/** How a package manager installs a new repository: it writes its lock file, also where CI is set. */
export function installCommand(packageManager: string): Install {
  const [name = 'npm', version = ''] = packageManager.split('@');
  // Nx has a look at the workspace when it is installed; it need not leave a process behind.
  const env = { NX_DAEMON: 'false' };
  switch (name) {
    case 'pnpm':
      return { program: name, args: ['install', '--no-frozen-lockfile'], env };
    case 'yarn':
      return /^[01]\./.test(version)
        ? { program: name, args: ['install', '--non-interactive'], env }
        : { program: name, args: ['install'], env: { ...env, YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' } };
    default:
      return { program: 'npm', args: ['install', '--no-audit', '--no-fund', '--loglevel=error'], env };
  }
}
