/** Offset of the first character of the line that holds `at`. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Offset just before the line break of the line that holds `at`; the end of the text on the last line. */
export function lineEnd(text: string, at: number): number {
  const lineFeed = text.indexOf('\n', at);
  if (lineFeed === -1) return text.length;
  return lineFeed > at && text[lineFeed - 1] === '\r' ? lineFeed - 1 : lineFeed;
}

/** Offset just behind the line break of the line that holds `at`; the end of the text on the last line. */
export function nextLine(text: string, at: number): number {
  const lineFeed = text.indexOf('\n', at);
  return lineFeed === -1 ? text.length : lineFeed + 1;
}

/** End of the line above the one that holds `at`, before its line break; 0 on the first line. */
export function previousLineEnd(text: string, at: number): number {
  const start = lineStart(text, at);
  return start === 0 ? 0 : lineEnd(text, lineStart(text, start - 1));
}

/** Column of `at`, counted from 0. */
export function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}

/** Whether only white space stands from `start` to `end`. */
export function isBlank(text: string, start: number, end: number): boolean {
  // Not trim(): YAML has only these as white space, a line of no-break spaces is a value.
  return /^[ \t\r\n]*$/.test(text.slice(start, end));
}

/** Whether nothing but white space or a comment follows `at` on its line. */
export function endsLine(text: string, at: number): boolean {
  return /^[ \t]*(?:$|#)/.test(text.slice(at, lineEnd(text, at)));
}

/**
 * Follows the comment lines below the line that holds `at`, as long as they are set in to `column` or deeper.
 *
 * @param blankLines whether an empty line ends the run, or is passed over when another such comment follows it
 * @returns the end of the last such comment line, or of the line of `at` itself, before the line break
 */
export function commentsBelow(text: string, at: number, column: number, blankLines: 'end' | 'pass'): number {
  let end = lineEnd(text, at);
  let start = nextLine(text, at);
  while (start < text.length) {
    const line = text.slice(start, lineEnd(text, start));
    const setIn = line.search(/[^ \t]/);
    if (setIn === -1) {
      if (blankLines === 'end') return end;
    } else if (line[setIn] === '#' && setIn >= column) {
      end = start + line.length;
    } else {
      return end;
    }
    start = nextLine(text, start);
  }
  return end;
}
