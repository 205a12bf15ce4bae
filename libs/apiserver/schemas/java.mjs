// Finds a Java that is new enough: the one that `java` means is often older than what a package asks for.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { run } from './run.mjs';

const JVMS = '/usr/lib/jvm';

function candidates() {
  const home = process.env.JAVA_HOME;
  let installed = [];
  try {
    installed = readdirSync(JVMS).map((name) => path.join(JVMS, name, 'bin/java'));
  } catch {
    // No such folder, no such candidates.
  }
  return [...(home ? [path.join(home, 'bin/java')] : []), 'java', ...installed.sort()];
}

/** The major version that a java says it is, or undefined where it is none. */
function majorVersion(java) {
  try {
    const [, major] = /^\S+ (\d+)/.exec(run(java, ['--version'], { cwd: '/', missing: '' }).stdout) ?? [];
    return major === undefined ? undefined : Number(major);
  } catch {
    return undefined;
  }
}

/**
 * @param {number} atLeast
 * @param {string} what the package that asks for it, for the message
 */
export function findJava(atLeast, what) {
  const seen = [];
  for (const java of candidates()) {
    const major = majorVersion(java);
    if (major >= atLeast) return java;
    if (major !== undefined) seen.push(`${java} is ${major}`);
  }
  throw new Error(
    `${what} needs Java ${atLeast} or newer; found ${seen.join(', ') || 'none'}. ` +
      `Install one (Debian: openjdk-${atLeast}-jre-headless or newer) and point JAVA_HOME at it.`,
  );
}
