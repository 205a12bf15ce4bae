import { alike } from './alike.js';
import { consoleBlock, partsOf, type Command } from './console.js';
import type { Scratch } from './scratch.js';

/** A page that says what is no longer so: a command ends otherwise, an edit does not apply. */
export class StalePage extends Error {}

/**
 * A page with the output that its commands print now. What is printed as before, hashes aside, stays as it stands, so that
 * a page changes only where it says something else. Throws a StalePage where a command or an edit does not end as the page says.
 */
export async function runPage(path: string, page: string, scratch: Scratch): Promise<string> {
  let text = '';
  for (const part of partsOf(page)) {
    if (part.kind === 'prose') {
      text += part.raw;
    } else if (part.kind === 'edit') {
      const { exitCode, output } = await scratch.edit(part.diff);
      if (exitCode !== 0) throw new StalePage(`${path}: this edit does not apply: ${output}\n${part.diff}`);
      text += part.raw;
    } else {
      const commands: Command[] = [];
      for (const [index, { lines, output }] of part.commands.entries()) {
        const expected = index === part.commands.length - 1 ? part.exitCode : 0;
        const ran = await scratch.type(lines.join('\n'));
        if (ran.exitCode !== expected) {
          throw new StalePage(`${path}: this command ends with ${ran.exitCode}, not ${expected}:\n$ ${lines.join('\n')}\n${ran.output}`);
        }
        const now = ran.output.trimEnd();
        commands.push({ lines, output: alike(output, now) ? output : now });
      }
      text += `${consoleBlock(part.info, commands)}${/\n*$/.exec(part.raw)?.[0] ?? ''}`;
    }
  }
  return text;
}
