import { readFileSync } from 'node:fs';

import { execa } from 'execa';

/** What running something took. Seconds; CPU is of the process and all that it started, absent where the system does not say. */
export interface Measurement {
  readonly wall: number;
  readonly cpu: number | undefined;
  /** Peak memory in MiB of the largest process, absent where the system does not say. */
  readonly memory: number | undefined;
  readonly output: string;
}

/** Runs a program to its end. Throws where it fails. */
export async function measure(root: string, file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Measurement> {
  const before = childrenCpu();
  const start = performance.now();
  // GNU time knows the peak of a process; the figure is left out where it is not installed.
  const timed = await hasTime();
  const { stdout, stderr } = await execa(timed ? '/usr/bin/time' : file, timed ? ['-f', 'peak %M', file, ...args] : args, {
    cwd: root,
    env: { CI: 'true', ...env },
    maxBuffer: 1 << 28,
  });
  const wall = (performance.now() - start) / 1000;
  const after = childrenCpu();
  const peak = /peak (\d+)\s*$/.exec(stderr)?.[1];
  return {
    wall,
    cpu: before === undefined || after === undefined ? undefined : after - before,
    memory: peak === undefined ? undefined : Number(peak) / 1024,
    output: stdout,
  };
}

let time: boolean | undefined;
async function hasTime(): Promise<boolean> {
  time ??= !(await execa('/usr/bin/time', ['-f', '%M', 'true'], { reject: false })).failed;
  return time;
}

/** CPU seconds of all children that have ended, from /proc; undefined on systems without it. */
function childrenCpu(): number | undefined {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    // Fields 16 and 17 of the whole line: cutime and cstime, in ticks of 1/100 s.
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return undefined;
  }
}
