import { styleText } from 'node:util';

import type { Paint } from '@millrace/check';

/** Colours where a stream shows them: a terminal does, a file or a pipe does not unless FORCE_COLOR says so. A log of CI is a pipe. */
function paintFor(stream: NodeJS.WriteStream): Paint {
  return (format, text) => styleText(format, text, { stream });
}

/** Where output goes: results to standard output, everything about them to standard error. */
export const terminal = {
  out: (line: string) => process.stdout.write(`${line}\n`),
  info: (line: string) => process.stderr.write(`${line}\n`),
  error: (line: string) => process.stderr.write(`${line}\n`),
  /** Colours for results. */
  paint: paintFor(process.stdout),
  /** Colours for what is said about them. */
  paintInfo: paintFor(process.stderr),
  /** Whether somebody is there who can answer a question. */
  isInteractive: () => process.stdin.isTTY && process.stdout.isTTY && process.env['CI'] === undefined,
};

/**
 * Progress of long work: one line that is drawn over on a terminal, a plain line every now and then elsewhere.
 * The function that comes back is told how much is done.
 */
export function progress(what: string, total: number): (done: number) => void {
  // A line for some twenty of them is enough where nothing is drawn over; a log of thousands has ten.
  const parts = Math.min(10, Math.ceil(total / 20));
  let told = 0;
  return (done) => {
    if (process.stderr.isTTY && process.env['CI'] === undefined) {
      process.stderr.write(`\r\u001b[2K${what} ${done}/${total}${done === total ? '\n' : ''}`);
      return;
    }
    const part = Math.floor((done * parts) / total);
    if (part === told) return;
    told = part;
    process.stderr.write(`${what} ${done}/${total}\n`);
  };
}
