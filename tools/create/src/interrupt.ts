/** What ends a program from outside; the rest cannot be caught. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does work that is told of a signal, and ends the process by that signal when the work has tidied up after itself: a
 * shell sees what it would see of any program.
 */
export async function untilSignal(work: (interrupted: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  let received: NodeJS.Signals | undefined;
  const listener = (signal: NodeJS.Signals): void => {
    received ??= signal;
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  try {
    await work(controller.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, listener);
    if (received !== undefined) {
      process.stderr.write('\nInterrupted: nothing was made.\n');
      process.kill(process.pid, received);
      // The signal is delivered by the event loop; nothing else is to be said until then.
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}
