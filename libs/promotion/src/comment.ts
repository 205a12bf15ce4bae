import { escapeHtml, lossOf, section } from './pull-request.js';
import type { Difference } from './rendered-differences.js';
import type { RepositoryDifferences } from './repository-differences.js';
import { byEnvironment, summary } from './summary.js';

/** By its first line a comment is found again. */
export const COMMENT_MARK = '<!-- millrace diff -->';

/**
 * The differences as a comment of a pull request, in Markdown: how many in each environment, what is removed, and as many
 * of them in full as fit into `limit` characters. What is left out is counted, and `command` is said to show it.
 */
export function differencesComment({ differences, failed, replaced }: RepositoryDifferences, limit: number, command: string): string {
  const head = [COMMENT_MARK, '### What this changes in the clusters', '', ...overview(differences), ...replacements(replaced), ...failures(failed)].join('\n');
  const sections = differences.map((difference) => section(difference).join('\n'));
  const leftOut = (count: number) =>
    count === 0 ? '' : `\n${count} of ${differences.length} are not shown here, for their length: \`${command}\` shows them.\n`;
  let text = head.length > limit - 500 ? `${head.slice(0, limit - 500)}\n…\n` : `${head}\n`;
  let shown = 0;
  for (const part of sections) {
    if (text.length + part.length + leftOut(differences.length).length > limit) continue;
    text += `${part}\n`;
    shown += 1;
  }
  return text + leftOut(differences.length - shown);
}

function overview(differences: readonly Difference[]): readonly string[] {
  if (differences.length === 0) return ['Nothing.', ''];
  const removed = differences.filter(({ kind }) => kind === 'removed').sort((a, b) => Number(b.loses !== undefined) - Number(a.loses !== undefined));
  return [
    ...[...byEnvironment(differences)].map(([environment, found]) => `- **${escapeHtml(environment)}**: ${summary(found)}`),
    '',
    ...removed
      .slice(0, MOST)
      .map(({ what, where, loses }) => `- removed: <code>${escapeHtml(what)}</code> in <code>${escapeHtml(where)}</code>${lossOf(loses)}`),
    ...(removed.length > MOST ? [`- and ${removed.length - MOST} more removed`] : []),
    ...(removed.length > 0 ? [''] : []),
  ];
}

/** Lines of a list that a person still reads. */
const MOST = 30;

function replacements(replaced: RepositoryDifferences['replaced']): readonly string[] {
  if (replaced.length === 0) return [];
  return ['Releases never change, and these do:', '', ...replaced.slice(0, MOST).map(({ message }) => `- ${escapeHtml(message)}`), ''];
}

function failures(failed: RepositoryDifferences['failed']): readonly string[] {
  if (failed.length === 0) return [];
  return ['These overlays do not render:', '', ...failed.slice(0, MOST).map(({ overlay }) => `- <code>${escapeHtml(overlay)}</code>`), ''];
}
