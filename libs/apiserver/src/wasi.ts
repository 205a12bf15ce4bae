/** A guest that asked to end: Go's runtime does so after a fatal error. */
class GuestExit extends Error {
  override readonly name = 'GuestExit';
}

type Call = (...values: number[]) => number;

const success = 0;
const badDescriptor = 8;
const notSupported = 58;

const realtimeClock = 0;
const errorOutput = 2;

// A package that logs wants to know what its program is called, and panics without a name.
const programName = new TextEncoder().encode('apiserver\0');

// Every call of wasi_snapshot_preview1 that Go links, but for the few below: there are no files, no folders, no sockets.
const withoutFiles = [
  ...['fd_close', 'fd_fdstat_get', 'fd_fdstat_set_flags', 'fd_filestat_get', 'fd_filestat_set_size', 'fd_pread', 'fd_prestat_get'],
  ...['fd_prestat_dir_name', 'fd_pwrite', 'fd_read', 'fd_readdir', 'fd_seek', 'fd_sync', 'sock_accept', 'sock_shutdown'],
  ...['path_create_directory', 'path_filestat_get', 'path_filestat_set_times', 'path_link', 'path_open', 'path_readlink'],
  ...['path_remove_directory', 'path_rename', 'path_symlink', 'path_unlink_file'],
];

/**
 * The system calls that Go's runtime needs, and no others. node:wasi would do too, but it is an experiment that warns, and it can
 * open files; here one sees that nothing of the host is in reach: no arguments but a name, no environment, no files, no time of day, no true
 * random numbers. The same input thus takes the same path through the module each time.
 * @param memory the guest's memory as it is now; asked for at each call, since it moves when it grows
 * @param onError takes what the guest writes to standard error
 * @returns the functions to instantiate the module with, under the name `wasi_snapshot_preview1`
 */
export function systemCalls(memory: () => ArrayBuffer, onError: (bytes: Uint8Array) => void): Record<string, Call> {
  const zeroSizes: Call = (count = 0, size = 0) => {
    const view = new DataView(memory());
    view.setUint32(count, 0, true);
    view.setUint32(size, 0, true);
    return success;
  };
  return {
    ...Object.fromEntries(withoutFiles.map((name): [string, Call] => [name, () => badDescriptor])),
    args_sizes_get: (count = 0, size = 0) => {
      const view = new DataView(memory());
      view.setUint32(count, 1, true);
      view.setUint32(size, programName.length, true);
      return success;
    },
    args_get: (pointers = 0, text = 0) => {
      new DataView(memory()).setUint32(pointers, text, true);
      new Uint8Array(memory()).set(programName, text);
      return success;
    },
    environ_sizes_get: zeroSizes,
    environ_get: () => success,
    sched_yield: () => success,
    // The garbage collector needs a clock that runs; nobody needs to know the date.
    clock_time_get: (clock = 0, _precision = 0, time = 0) => {
      const nanoseconds = clock === realtimeClock ? 0n : BigInt(Math.round(performance.now() * 1e6));
      new DataView(memory()).setBigUint64(time, nanoseconds, true);
      return success;
    },
    random_get: (buffer = 0, size = 0) => {
      new Uint8Array(memory(), buffer, size).fill(7);
      return success;
    },
    // Only ever a sleep of the scheduler's: it wakes at once and looks again.
    poll_oneoff: (subscriptions = 0, events = 0, count = 0, stored = 0) => {
      if (count !== 1) return notSupported;
      const view = new DataView(memory());
      new Uint8Array(memory(), events, 32).fill(0);
      view.setBigUint64(events, view.getBigUint64(subscriptions, true), true);
      view.setUint32(stored, 1, true);
      return success;
    },
    fd_write: (descriptor = 0, vectors = 0, count = 0, written = 0) => {
      const view = new DataView(memory());
      let total = 0;
      for (let at = vectors; at < vectors + count * 8; at += 8) {
        const size = view.getUint32(at + 4, true);
        if (descriptor === errorOutput) onError(new Uint8Array(memory(), view.getUint32(at, true), size).slice());
        total += size;
      }
      view.setUint32(written, total, true);
      return success;
    },
    proc_exit: (code = 0) => {
      throw new GuestExit(`exit status ${code}`);
    },
  };
}
