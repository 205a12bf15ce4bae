import { MillraceError } from '@millrace/model';
import {
  headCommit,
  layoutMove,
  makeBranch,
  makeCommit,
  planBranch,
  promote,
  promotionDifferences,
  pullRequest,
  summaries,
  uncommitted,
} from '@millrace/promotion';
import { applyChanges, asChanges, commitFiles, consequences, diskFiles, gitHistory, isEmpty, planCommand, readWorkspace, reversed } from '@millrace/workspace';
import type { Command as Program } from 'commander';

import { askForMissing } from './ask.js';
import type { Context } from './main.js';
import { addOptions, typedOptions } from './options.js';
import { reportChanges, reportNotices } from './report.js';
import { startOn } from './start-on.js';
import { terminal } from './terminal.js';

/** Where the text for the pull request goes; not committed. */
const PULL_REQUESTS = '.millrace/pull-requests';

/** Promotes what is committed, on a branch of its own; the work tree is left alone. */
export function addPromote(program: Program, context: Context): void {
  const sub = program
    .command(promote.name)
    .description(`${promote.summary}, as a commit on a branch of its own`)
    .option('--dry-run', 'Show what would change, and make no branch');
  addOptions(sub, promote, { hidden: ['commit'] });
  sub.action(async () => {
    const root = context.root();
    const dryRun = sub.opts()['dryRun'] === true;
    startOn(root, dryRun ? 'reads' : 'writes');
    const base = headCommit(root);
    const files = commitFiles(root, base);
    const options = await askForMissing(promote, { ...typedOptions(sub, promote), commit: base });
    const outcome = planCommand(files, promote, options, undefined, gitHistory(root));
    const { changes, workspace, notices } = outcome;
    if (changes.refused.length > 0) throw new MillraceError('refused', changes.refused);
    const [pipeline, to] = [String(options['pipeline']), String(options['to'])];
    const release = workspace.placements.get(to)?.get(pipeline)?.value.release ?? '';
    noteUncommitted(uncommitted(root));
    reportNotices(notices);
    if (isEmpty(changes)) {
      terminal.out(`${to} runs ${pipeline} ${release} already.`);
      return;
    }
    const branch = `promote/${pipeline}-${release}-to-${to}`;
    const plan = dryRun ? undefined : planBranch(root, { base, branch, changes });
    const current = readWorkspace(files);
    const from = current.placements.get(to)?.get(pipeline)?.value.release;
    const move = layoutMove(current, workspace, to, pipeline);
    const remarks = [...(move === undefined ? [] : [move]), ...consequences(outcome)];
    const differences = await promotionDifferences(files, changes);
    const text = pullRequest({ pipeline, release, from, to, remarks }, differences);
    const counts = summaries(differences, to);
    if (plan === undefined) {
      reportChanges(changes, 'planned');
      terminal.out(`${counts.join('\n')}\n\n${text.markdown}`);
      return;
    }
    // The branch is the last step: where anything before it fails, there is none.
    const commit = plan.state === 'there' ? undefined : makeCommit(plan, text.message);
    const file = `${PULL_REQUESTS}/${pipeline}-${release}-to-${to}.md`;
    const written = asChanges([{ path: file, text: text.markdown, before: diskFiles(root).read(file) }]);
    applyChanges(root, written);
    if (commit !== undefined) {
      try {
        makeBranch(plan, commit);
      } catch (error) {
        applyChanges(root, reversed(written));
        throw error;
      }
      reportChanges(changes, 'done');
    }
    for (const line of counts) terminal.out(line);
    for (const remark of remarks) terminal.out(`${remark}.`);
    terminal.out(`\nThe branch ${branch} has the promotion${commit === undefined ? ' already' : ''}; your work tree is as it was.`);
    terminal.out(`  git push origin ${branch}     then open a pull request with the text in ${file}`);
  });
}

function noteUncommitted(paths: readonly string[]): void {
  if (paths.length === 0) return;
  terminal.info(
    `${terminal.paintInfo('yellow', 'note')} ${paths.length === 1 ? '1 file is' : `${paths.length} files are`} not committed; only what is committed is promoted.`,
  );
}
