import type { Difference } from './rendered-differences.js';
import { summaries } from './summary.js';

/** What a pull request says: its title, and what it would change in the cluster. */
export interface PullRequest {
  readonly title: string;
  /** For the commit: plain text. */
  readonly message: string;
  /** For the forge: Markdown, with every rendered difference. */
  readonly markdown: string;
}

const MARKS = { added: '+', removed: '-', changed: '~' };

/** What is promoted where, and what a reviewer should know before the differences. */
export interface Promotion {
  readonly pipeline: string;
  readonly release: string;
  /** The release that runs there now. */
  readonly from: string | undefined;
  readonly to: string;
  /** Lines of their own: a move to another layout, the running jobs that would be redeployed. */
  readonly remarks?: readonly string[];
}

/** The texts of a promotion. */
export function pullRequest(promotion: Promotion, differences: readonly Difference[]): PullRequest {
  const { pipeline, release, from, to } = promotion;
  const remarks = (promotion.remarks ?? []).flatMap((remark) => [`${remark}.`, '']);
  const title = `Promote ${pipeline} ${release} to ${to}`;
  const was = from === undefined ? `${pipeline} runs in ${to} for the first time.` : `${to} runs ${from} now.`;
  const lines = differences.map(({ kind, what, where, loses }) => `${MARKS[kind]} ${what} (${where})${loses === undefined ? '' : `: deletes ${loses}`}`);
  const counts = summaries(differences, to).flatMap((line) => [line, '']);
  return {
    title,
    message: [title, '', was, '', ...remarks, ...counts, ...lines, ''].join('\n'),
    markdown: [`# ${title}`, '', was, '', ...remarks, ...counts, ...differences.flatMap(section)].join('\n'),
  };
}

/** A difference that unfolds, in Markdown. */
export function section({ kind, what, where, diff, loses }: Difference): readonly string[] {
  // A fence longer than any run of backticks in the text cannot be closed by it.
  const fence = '`'.repeat(Math.max(3, ...[...diff.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return [
    `<details><summary>${kind}: <code>${escapeHtml(what)}</code> in <code>${escapeHtml(where)}</code>${lossOf(loses)}</summary>`,
    '',
    `${fence}diff`,
    diff,
    fence,
    '',
    '</details>',
    '',
  ];
}

/** What goes with a difference that no commit brings back, behind its name in Markdown. */
export function lossOf(loses: string | undefined): string {
  return loses === undefined ? '' : `: <strong>deletes ${escapeHtml(loses)}</strong>`;
}

/** Text that stays text in Markdown's HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
