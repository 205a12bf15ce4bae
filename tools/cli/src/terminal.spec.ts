import { afterEach, expect, it, vi } from 'vitest';

import { progress } from './terminal.js';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** What work of so many parts says where nothing can be drawn over. */
function told(total: number): readonly string[] {
  vi.stubEnv('CI', 'true');
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => lines.push(String(chunk)) > 0);
  const tell = progress('Rendering', total);
  for (let done = 1; done <= total; done += 1) tell(done);
  return lines;
}

it.each([
  [2, ['Rendering 2/2\n']],
  [11, ['Rendering 11/11\n']],
  [40, ['Rendering 20/40\n', 'Rendering 40/40\n']],
])('work of %i parts says little in a log', (total, lines) => {
  expect(told(total)).toEqual(lines);
});

it('work of thousands says ten times how far it is', () => {
  expect(told(5000)).toHaveLength(10);
});
