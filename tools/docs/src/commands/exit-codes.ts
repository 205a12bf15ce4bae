const GENERAL = [
  ['0', 'Done, or there was nothing to change'],
  ['1', 'Refused: nothing was written, and what is wrong was said with its place and remedy'],
  ['2', 'A wrong option, or a file that cannot be read'],
] as const;

const OWN: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  sync: [['0', 'Everything is in sync'], ['1', 'Refused; with `--check`: a file is stale'], GENERAL[2]],
  render: [['0', 'Every overlay was rendered'], ['1', 'An overlay failed, or a release was changed'], GENERAL[2]],
  diff: [['0', 'The differences were told, also where there are none'], ['1', 'An overlay does not render; the rest was told'], GENERAL[2]],
  check: [
    ['0', 'No errors; there may be warnings'],
    ['1', 'Errors'],
    ['2', 'A wrong option, or something that could not be read or built, and so was not checked'],
  ],
};

/** What each exit code of a command means. */
export function exitCodes(command: string): readonly (readonly [string, string])[] {
  return OWN[command] ?? GENERAL;
}
