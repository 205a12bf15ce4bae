import { MillraceError } from '@millrace/model';
import { canCommit, commitChanges, headCommit, layoutMove, promote, uncommitted, promotionDifferences, pullRequest, summary } from '@millrace/promotion';
import { applyChanges, commitFiles, describeStopped, diskFiles, isEmpty, NO_CHANGES, planCommand, readWorkspace } from '@millrace/workspace';
import type { Command as Program } from 'commander';
import pc from 'picocolors';

import { askForMissing } from './ask.js';
import type { Context } from './main.js';
import { addOptions, typedOptions } from './options.js';
import { reportChanges } from './report.js';
import { startOn } from './start-on.js';
import { terminal } from './terminal.js';

/** Where the text for the pull request goes; not committed. */
const PULL_REQUESTS = '.millrace/pull-requests';

/** Promotes what is committed, on a branch of its own; the work tree is left alone. */
export function addPromote(program: Program, context: Context): void {
  const sub = program
    .command(promote.name)
    .description(`${promote.summary}, as a commit on a branch of its own`)
    .option('--dry-run', 'show what would change, and make no branch');
  addOptions(sub, promote, { hidden: ['commit'] });
  sub.action(async () => {
    const root = context.root();
    const dryRun = sub.opts()['dryRun'] === true;
    startOn(root, dryRun ? 'reads' : 'writes');
    const base = await headCommit(root);
    const files = commitFiles(root, base);
    const options = await askForMissing(promote, { ...typedOptions(sub, promote), commit: base });
    const { changes, workspace, stopped } = planCommand(files, promote, options);
    if (changes.refused.length > 0) throw new MillraceError('refused', changes.refused);
    const [pipeline, to] = [String(options['pipeline']), String(options['to'])];
    const release = workspace.placements.get(to)?.get(pipeline)?.value.release ?? '';
    for (const path of await uncommitted(root)) terminal.info(`${pc.yellow('note')} ${path} is not committed: what is promoted is what is.`);
    if (isEmpty(changes)) {
      terminal.out(`${to} runs ${pipeline} ${release} already.`);
      return;
    }
    const branch = `promote/${pipeline}-${release}-to-${to}`;
    if (!dryRun) await canCommit(root, branch);
    const current = readWorkspace(files);
    const from = current.placements.get(to)?.get(pipeline)?.value.release;
    const move = layoutMove(current, workspace, to, pipeline);
    const remarks = [...(move === undefined ? [] : [move]), ...describeStopped(stopped)];
    const differences = await promotionDifferences(files, changes, pipeline);
    const text = pullRequest({ pipeline, release, from, to, remarks }, differences);
    if (dryRun) {
      reportChanges(changes, 'planned');
      terminal.out(`In ${to}: ${summary(differences)}.\n\n${text.markdown}`);
      return;
    }
    await commitChanges(root, { base, branch, message: text.message, changes });
    const file = `${PULL_REQUESTS}/${pipeline}-${release}-to-${to}.md`;
    const before = diskFiles(root).read(file);
    applyChanges(root, { ...NO_CHANGES, update: [{ path: file, text: text.markdown, before }] });
    reportChanges(changes, 'done');
    terminal.out(`In ${to}: ${summary(differences)}.`);
    for (const remark of remarks) terminal.out(`${remark}.`);
    terminal.out(`\nThe branch ${branch} has the promotion; your work tree is as it was.`);
    terminal.out(`  git push origin ${branch}     then open a pull request with the text in ${file}`);
  });
}
